data { int n; int C[n]; vector[n] year; }
parameters { real<lower=-20, upper=20> alpha; vector<lower=-10, upper=10>[3] beta; }
model {
  C ~ poisson_log(alpha + beta[1] * year + beta[2] * square(year) + beta[3] * (year .* square(year)));
}
