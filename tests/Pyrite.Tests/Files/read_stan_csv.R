# Reads files of draws with rstan and compares every number with those in expected.txt: file, quantity, chain, draw, value.
# Usage: Rscript read_stan_csv.R FOLDER. The exit code is 0 only if rstan reads all files without an error and finds the same numbers.
suppressPackageStartupMessages(library(rstan))
options(warn = 2)

folder <- commandArgs(trailingOnly = TRUE)[1]
expected <- read.table(file.path(folder, "expected.txt"), header = TRUE, colClasses = c("character", "character", "integer", "integer", "numeric"))
compared <- 0
for (name in unique(expected$file)) {
  files <- list.files(folder, pattern = paste0("^", name, "_[0-9]+\\.csv$"), full.names = TRUE)
  found <- rstan::extract(read_stan_csv(files), permuted = FALSE)
  wanted <- expected[expected$file == name, ]
  stopifnot(dim(found)[1] == max(wanted$draw), dim(found)[2] == max(wanted$chain))
  for (quantity in unique(wanted$quantity)) {
    rows <- wanted[wanted$quantity == quantity, ]
    values <- found[cbind(rows$draw, rows$chain, match(quantity, dimnames(found)[[3]]))]
    # R may read the last digit of seventeen differently.
    stopifnot(!anyNA(values), all(abs(values - rows$value) <= 1e-14 * abs(rows$value)))
    compared <- compared + nrow(rows)
  }
}
cat(compared, "numbers compared\n")
