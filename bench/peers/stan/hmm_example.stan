data { int N; int K; vector[N] y; }
parameters { simplex[K] theta1; simplex[K] theta2; positive_ordered[K] mu; }
model {
  vector[K] forward;
  matrix[K, K] into;
  into[, 1] = log([theta1[1], theta2[1]]');
  into[, 2] = log([theta1[2], theta2[2]]');
  mu[1] ~ normal(3, 1);
  mu[2] ~ normal(10, 1);
  for (k in 1:K)
    forward[k] = normal_lpdf(y[1] | mu[k], 1);
  for (t in 2:N) {
    vector[K] next;
    for (k in 1:K)
      next[k] = log_sum_exp(forward + into[, k]) + normal_lpdf(y[t] | mu[k], 1);
    forward = next;
  }
  target += log_sum_exp(forward);
}
