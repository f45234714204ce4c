data { int T; vector[T] y; }
parameters { real level; real phi; real theta; real<lower=0> scale; }
model {
  vector[T] means;
  level ~ normal(0, 10);
  phi ~ normal(0, 2);
  theta ~ normal(0, 2);
  scale ~ cauchy(0, 2.5);
  means[1] = level + phi * level;
  for (t in 2:T)
    means[t] = level + phi * y[t - 1] + theta * (y[t - 1] - means[t - 1]);
  y ~ normal(means, scale);
}
