# Thin names for presets and tools; ./run and ./test need no make.
.PHONY: build bench soak check fuzz clean

build:      ## build/release/loa: the whole program in one file
	tools/setup run
	tools/build release loa

bench:      ## one table of figures beside their targets; bench/README.md
	tools/setup bench
	tools/build release loa parse_bench load_player
	bench/run

soak:       ## 100,000 jobs while workers are killed, each done once; bench/README.md
	tools/setup bench
	tools/build release soak_player
	bench/soak

check:      ## every rule that a text can show
	tools/check

fuzz:       ## the fuzz targets, a minute in all, two at once; LOA_FUZZ_SECONDS=3600 make fuzz
	./test --only fuzz

clean:
	rm -rf build
