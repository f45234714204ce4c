data { int T; vector[T] y; }
parameters { real<lower=0> least; real<lower=0, upper=1> alpha; real<lower=0, upper=1 - alpha> beta; }
model {
  vector[T] scales;
  real spread = least + beta;
  least ~ normal(0, 1);
  scales[1] = sqrt(spread);
  for (t in 2:T) {
    spread = least + alpha * square(y[t - 1]) + beta * spread;
    scales[t] = sqrt(spread);
  }
  y ~ normal(0, scales);
}
