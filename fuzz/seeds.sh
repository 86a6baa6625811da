#!/usr/bin/env bash
# First inputs for every target, all of them our own: specimens, tables and policies of this project.
set -euo pipefail
cd "$(dirname "$0")"
specimens=../fixtures/specimens
put() {
  target=$1
  shift
  mkdir -p "corpus/$target"
  for file in "$@"; do
    cp "$file" "corpus/$target/$(echo "$file" | tr / _ | tr -d .)"
  done
}
put mrz "$specimens"/*/mrz.txt
put mrz_repair "$specimens"/*/mrz.txt
put lds "$specimens"/utopia-passport/DG* "$specimens"/utopia-passport/EF.*
put sod "$specimens"/*/EF.SOD
put asn1 "$specimens"/utopia-trust/* "$specimens"/utopia-passport/EF.* "$specimens"/utopia-passport/DG1[45]
put certificate "$specimens"/utopia-trust/*.der
put master_list "$specimens"/utopia-trust/*.ml
put revocation_list "$specimens"/utopia-trust/*.crl
put import "$specimens"/utopia-trust/*
put policy ../policies/*.toml
put translit ../fixtures/translit/*.txt
put cms "$specimens"/utopia-trust/uto.ml
put payload "$specimens"/utopia-visa*/*.bin "$specimens"/utopia-visa/*.txt
put vds "$specimens"/utopia-visa*/*.bin
put aamva "$specimens"/utopia-visa*/licence.txt
put bcbp "$specimens"/utopia-visa*/boarding-pass.txt
mkdir -p corpus/stripe corpus/vds_nc corpus/idb corpus/c40
printf '%%UTPORT^ERIKSSON$ANNA^1 QUAY^?\n;636019123456789=291219740812=?' >corpus/stripe/small
printf '{"data":{"hdr":{"t":"icao.test","v":1,"is":"UTO"},"msg":{}},"sig":{"alg":"ES256","cer":"MAA","sigvl":"MAA"}}' >corpus/vds_nc/small
printf 'RDB1A3HCWCA4GAEAQ' >corpus/idb/small
printf '\336\121\130\046' >corpus/c40/small
mkdir -p corpus/mrz_content corpus/crypto
echo '{"layout":"td3","document_code":"P","issuer":"UTO"}' >corpus/mrz_content/small
# The signed data without the file's tag, and the key without the file's.
tail -c +5 "$specimens/utopia-passport/EF.SOD" >corpus/cms/sod
tail -c +5 "$specimens/utopia-passport/DG15" >corpus/crypto/dg15
# What stands behind tag and length of a file.
inside() {
  case $(od -An -tx1 -j1 -N1 "$1" | tr -d ' ') in
  81) tail -c +4 "$1" ;;
  82) tail -c +5 "$1" ;;
  *) tail -c +3 "$1" ;;
  esac
}
# Hexadecimal digits behind the word $2 of the file $1, as bytes.
recorded() {
  printf "$(grep -o "\"$2\":\"[0-9a-f]*" "$1" | cut -d'"' -f4 | sed 's/../\\x&/g')"
}
mkdir -p corpus/chip corpus/ldif corpus/store corpus/deviation_list
for specimen in utopia-passport utopia-passport-cloned; do
  folder=$specimens/$specimen
  {
    inside "$folder/DG15"
    inside "$folder/DG14"
    recorded "$folder/active-authentication.json" challenge
    recorded "$folder/active-authentication.json" answer
  } >"corpus/chip/$specimen"
done
put seal "$specimens"/utopia-visa*/visa-seal.bin
cp corpus/vds_nc/small corpus/seal/vds_nc
cp corpus/idb/small corpus/seal/idb
{
  printf 'version: 1\n\n'
  for file in "$specimens"/utopia-trust/{csca-uto.der,seal-signer-uto.der,uto.crl,uto.ml}; do
    printf 'dn: cn=%s,c=UT,dc=data\npkdVersion: 1\nuserCertificate;binary:: ' "$(basename "$file")"
    base64 -w 74 "$file" | sed '2,$s/^/ /'
    printf '\n'
  done
} >corpus/ldif/utopia
# Two entries: all documents of a kind with the compromised key, and a wrong hash of DG2 between two days.
printf '\x30\x59\x02\x01\x00\x31\x54\x30\x17\x30\x04\x80\x02\x50\x50\x31\x0f\x30\x0d\x13\x01\x61\x06\x08\x67\x81\x08\x01\x01\x07\x01\x04' >corpus/deviation_list/two
printf '\x30\x39\x30\x24\xa4\x22\x18\x0f\x32\x30\x32\x35\x30\x33\x30\x31\x30\x30\x30\x30\x30\x30\x5a\x18\x0f\x32\x30\x32\x35\x30\x33\x30\x33\x30\x30\x30\x30\x30\x30\x5a\x31\x11\x30\x0f\x06\x08\x67\x81\x08\x01\x01\x07\x02\x02\xa0\x03\x02\x01\x02' >>corpus/deviation_list/two
program=../target/debug/landfall
if [ -x "$program" ]; then
  "$program" trust import --store corpus/store/utopia --vouched-by Utopia "$specimens"/utopia-trust/{csca-uto.der,csca-yto.der,seal-signer-uto.der,uto.crl,uto.ml} >/dev/null
else
  echo "no store among the seeds: cargo build first" >&2
fi
mkdir -p corpus/alert corpus/alert_csv corpus/picture corpus/optical corpus/barcode
cp ../fixtures/alert/*.alerts corpus/alert/
cp ../fixtures/alert/utopia.csv corpus/alert_csv/utopia
cp ../fixtures/alert/{list.jsonl,follow-the-money.json,un.xml,sdn.csv,alt.csv} corpus/alert_csv/
# Pages of our own specimens, drawn small: as files, and as grey pixels behind three octets of head.
pages=$(mktemp -d)
(cd .. && cargo run -q --release -- specimen --kind pages --class scanner-150 --at 2026-11-01 "$pages/pages" >/dev/null)
cp "$pages"/pages/*.jpg corpus/picture/
python3 - "$pages/pages" <<'END' || echo "seeds for pixels need Pillow"
import sys, pathlib
from PIL import Image
for path in pathlib.Path(sys.argv[1]).glob("*.jpg"):
    page = Image.open(path).convert("L")
    for name, box in (("zone", (0, page.height * 3 // 4, min(page.width, 512), page.height)), ("middle", (page.width // 4, page.height // 4, page.width * 3 // 4, page.height * 3 // 4))):
        cut = page.crop(box)
        cut.thumbnail((256, 256))
        head = bytes([0, cut.width - 1, 0])
        for target in ("optical", "barcode"):
            pathlib.Path(f"corpus/{target}/{path.stem}-{name}").write_bytes(head + cut.tobytes())
END
rm -r "$pages"
