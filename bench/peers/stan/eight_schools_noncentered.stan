data { int J; vector[J] y; vector<lower=0>[J] sigma; }
parameters { vector[J] z; real mu; real<lower=0> tau; }
model {
  z ~ std_normal();
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5);
  y ~ normal(mu + tau * z, sigma);
}
