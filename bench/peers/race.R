# Microseconds per gradient of Stan, with its sampler: the time of sampling after warm-up over the leapfrog steps, one chain on one thread.
# Rscript race.R FOLDER_OF_POSTERIORDB BUILT RESULT [NAMES]: compiled programs are kept in the folder BUILT; lines "name<TAB>microseconds" go to RESULT.
# Own programs in stan/, for the syntax of Stan 2.21.
suppressPackageStartupMessages({
  library(jsonlite)
  library(rstan)
})
rstan_options(boost_lib = "/usr/include", eigen_lib = system.file("include", package = "RcppEigen"))

arguments <- commandArgs(trailingOnly = TRUE)
posteriors <- arguments[1]
built <- arguments[2]
result <- arguments[3]
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# The series of the loops of the bench: a moving average with coefficient 0.5, and the same around a state that changes now and then.
series <- function(length) {
  set.seed(11)
  noise <- rnorm(length + 1)
  noise[-1] + 0.5 * noise[-(length + 1)]
}
hidden <- function(length) {
  y <- 0.7 * series(length)
  set.seed(12)
  y + 2 * (cumsum(runif(length) < 0.1) %% 2)
}
posterior <- function(file, change = identity) {
  change(fromJSON(file.path(posteriors, file))$data)
}
of <- list(
  eight_schools_noncentered = function() posterior("eight_schools-eight_schools_noncentered.json"),
  kidscore_interaction = function() posterior("kidiq-kidscore_interaction.json"),
  blr = function() posterior("sblrc-blr.json"),
  arK = function() posterior("arK-arK.json"),
  low_dim_gauss_mix = function() posterior("low_dim_gauss_mix-low_dim_gauss_mix.json"),
  hmm_example = function() posterior("hmm_example-hmm_example.json"),
  gp_regr = function() posterior("gp_pois_regr-gp_regr.json"),
  # Relative and absolute: those of Pyrite's model.
  lotka_volterra = function() posterior("hudson_lynx_hare-lotka_volterra.json", function(data) c(data, list(tolerances = c(1e-6, 1e-6)))),
  wells_dist100ars_model = function() posterior("wells_data-wells_dist100ars_model.json"),
  GLM_Poisson_model = function() posterior("GLM_Poisson_Data-GLM_Poisson_model.json"),
  rats_model = function() posterior("rats_data-rats_model.json"),
  M0_model = function() posterior("M0_data-M0_model.json", function(data) c(data, list(s = rowSums(data$y)))),
  arma = function() list(T = 200, y = series(200)),
  garch = function() list(T = 200, y = series(200)),
  hmm = function() list(T = 400, y = hidden(400))
)
starts <- list(
  lotka_volterra = list(theta = c(0.5, 0.025, 0.8, 0.025), z_init = c(30, 4), sigma = c(0.5, 0.5))
)

compiled <- function(name) {
  file <- file.path(built, paste0(name, ".rds"))
  program <- file.path(here, "stan", paste0(name, ".stan"))
  if (file.exists(file) && file.mtime(file) > file.mtime(program)) {
    return(readRDS(file))
  }
  model <- stan_model(program, model_name = name)
  saveRDS(model, file)
  model
}

names <- if (length(arguments) > 3) arguments[-(1:3)] else names(of)
for (name in names) {
  model <- compiled(name)
  if (result == "-") {
    next
  }
  init <- if (is.null(starts[[name]])) "random" else list(starts[[name]])
  control <- list(adapt_delta = if (name %in% c("eight_schools_noncentered", "rats_model")) 0.95 else 0.8)
  # Until a second of sampling or more has been timed.
  draws <- 1000
  repeat {
    fit <- suppressWarnings(sampling(model, data = of[[name]](), chains = 1, iter = 1000 + draws, warmup = 1000, seed = 1, init = init,
      control = control, refresh = 0, pars = "lp__"))
    seconds <- get_elapsed_time(fit)[1, "sample"]
    if (seconds > 1 || draws >= 64000) {
      break
    }
    draws <- min(64000, draws * ceiling(1.5 / max(seconds, 0.02)))
  }
  steps <- sum(get_sampler_params(fit, inc_warmup = FALSE)[[1]][, "n_leapfrog__"])
  cat(sprintf("%s\t%.3f\n", name, 1e6 * seconds / steps), file = result, append = TRUE)
  cat(sprintf("%s: %.3f microseconds per gradient, %d of them\n", name, 1e6 * seconds / steps, as.integer(steps)))
}
