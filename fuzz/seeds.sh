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
