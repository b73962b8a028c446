# Base R reads the folder. Usage: check.R PACKAGE
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(name) {
  read.csv(file.path(folder, name), encoding = "UTF-8", colClasses = "character", na.strings = character())
}
passages <- read("passages.csv")
documents <- read("documents.csv")
text_of <- function(file) {
  path <- file.path(folder, file)
  text <- readChar(path, file.size(path), useBytes = TRUE)
  Encoding(text) <- "UTF-8"
  text
}
texts <- lapply(documents$text_file, text_of)
names(texts) <- documents$document_id
stopifnot(nchar(unlist(texts)) == as.integer(documents$n_chars))
placed <- passages[passages$start_char != "", ]
slices <- function(shift) {
  mapply(function(id, start, end) substr(texts[[id]], start + shift, end + shift - 1), placed$document_id,
         as.integer(placed$start_char), as.integer(placed$end_char) + 0L)
}
right <- sum(slices(1L) == placed$quote)
stopifnot(right == nrow(placed), right > 0, sum(slices(2L) == placed$quote) < right)
cat(sprintf("R: %d of %d slices are the quotes, and one off is seen\n", right, nrow(placed)))
# No header was changed to make a name of it.
header <- strsplit(readLines(file.path(folder, "passages.csv"), n = 1, encoding = "UTF-8"), ",")[[1]]
stopifnot(identical(header, names(passages)))
cat("R: every header is a name\n")
