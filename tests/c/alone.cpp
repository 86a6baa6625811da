// The header alone, twice: it needs nothing before it and bears being included again.
#include "landfall.h"
#include "landfall.h"

int main() { return static_cast<int>(landfall_abi_check(LANDFALL_ABI_MAJOR, LANDFALL_ABI_MINOR)); }
