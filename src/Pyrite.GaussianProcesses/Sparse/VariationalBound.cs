namespace Pyrite;

/// <summary>A variational bound and its parts, scalars in nats.</summary>
/// <param name="Value">scale · <paramref name="ExpectedLogLikelihood"/> - <paramref name="KullbackLeibler"/>.</param>
/// <param name="ExpectedLogLikelihood">Σ E log p(y | f) over the rows that were given.</param>
/// <param name="KullbackLeibler">KL(q || p) at the inducing points.</param>
public sealed record VariationalBound(Tensor Value, Tensor ExpectedLogLikelihood, Tensor KullbackLeibler);
