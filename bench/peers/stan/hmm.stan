data { int T; vector[T] y; }
parameters { real low; real<lower=0> gap; real<lower=0> noise; simplex[2] transition[2]; }
model {
  vector[2] forward;
  matrix[2, 2] into;
  for (i in 1:2)
    for (j in 1:2)
      into[i, j] = log(transition[i][j]);
  low ~ normal(0, 5);
  gap ~ normal(0, 5);
  noise ~ normal(0, 2);
  forward[1] = normal_lpdf(y[1] | low, noise) - log(2);
  forward[2] = normal_lpdf(y[1] | low + gap, noise) - log(2);
  for (t in 2:T) {
    vector[2] next;
    for (k in 1:2)
      next[k] = log_sum_exp(forward + into[, k]) + normal_lpdf(y[t] | low + (k - 1) * gap, noise);
    forward = next;
  }
  target += log_sum_exp(forward);
}
