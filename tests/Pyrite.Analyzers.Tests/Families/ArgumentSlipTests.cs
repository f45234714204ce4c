using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Families.ArgumentSlipAnalyzer, Pyrite.Analyzers.ArgumentCodeFix>;

namespace Pyrite.Analyzers.Families;

/// <summary>PYR008.</summary>
public sealed class ArgumentSlipTests
{
    [Theory]
    [InlineData("Tensor variance, Tensor mu", "new Normal(mu, [|variance|])")]
    [InlineData("Tensor noiseVar, Tensor mu", "new Normal(mu, [|scale: noiseVar|])")]
    [InlineData("double precision", "new Normal(0, [|precision|])")]
    [InlineData("Tensor sigma2", "new StudentT(3, 0, [|sigma2|])")]
    [InlineData("Tensor log_scale", "new Normal(0, [|log_scale|])")]
    [InlineData("Tensor logVar", "new Normal(0, [|logVar|])")]
    [InlineData("Tensor scale", "new Gamma(2, [|scale|])")]
    [InlineData("Tensor mean", "new Exponential([|mean|])")]
    [InlineData("Tensor rate", "new HalfNormal([|rate|])")]
    [InlineData("Tensor logits", "new Bernoulli([|logits|])")]
    [InlineData("Tensor logits", "new Categorical([|logits|])")]
    [InlineData("Tensor probs", "new Bernoulli([|logits: probs|])")]
    [InlineData("Tensor logRate", "new Poisson([|logRate|])")]
    [InlineData("Tensor loc, Tensor scaleTril", "new MultivariateNormal(loc, [|scaleTril|])")]
    [InlineData("Tensor shape, Tensor scale", "new Weibull([|shape|], [|scale|])")]
    [InlineData("Tensor sigma, Tensor mu", "new Normal([|sigma|], mu)")]
    [InlineData("Tensor maximum, Tensor minimum", "new Uniform([|maximum|], [|minimum|])")]
    [InlineData("Tensor x", "new Normal(x.Mean(), [|x.Variance([0])|])")]
    [InlineData("Tensor x", "new Normal(0, [|Sample(\"precision\", new Gamma(1, 1))|])")]
    public Task Arguments_that_mean_something_else_are_found(string parameters, string family) =>
        Check.Members($"object Make({parameters}) => {family};");

    [Theory]
    [InlineData("Tensor mu, Tensor sigma", "new Normal(mu, sigma)")]
    [InlineData("Tensor mean, Tensor std", "new Normal(mean, std)")]
    [InlineData("Tensor tau, Tensor x", "new Normal(x, tau)")]
    [InlineData("Tensor variance", "new Normal(0, variance.Sqrt())")]
    [InlineData("Tensor shape, Tensor rate", "new Gamma(shape, rate)")]
    [InlineData("Tensor scale", "new Gamma(2, 1 / scale)")]
    [InlineData("Tensor scale", "new InverseGamma(2, scale)")]
    [InlineData("Tensor mean", "new Poisson(mean)")]
    [InlineData("Tensor logits", "new Bernoulli(logits: logits)")]
    [InlineData("Tensor inverseRate", "new HalfNormal(inverseRate)")]
    [InlineData("Tensor loc, Tensor scaleTril", "new MultivariateNormal(loc, scaleTril: scaleTril)")]
    [InlineData("Tensor scale, Tensor shape", "new Weibull(scale, shape)")]
    [InlineData("Tensor x", "new Normal(x.Mean(), x.StandardDeviation([0]))")]
    public Task Arguments_that_fit_are_left_alone(string parameters, string family) => Check.Members($"object Make({parameters}) => {family};");

    [Theory]
    [InlineData("Tensor variance", "new Normal(0, [|variance|])", "new Normal(0, variance.Sqrt())")]
    [InlineData("double variance", "new Normal(0, [|variance|])", "new Normal(0, Math.Sqrt(variance))")]
    [InlineData("Tensor precision", "new Normal(0, [|precision|])", "new Normal(0, 1 / precision.Sqrt())")]
    [InlineData("Tensor logVar", "new Normal(0, [|logVar|])", "new Normal(0, (0.5 * logVar).Exp())")]
    [InlineData("Tensor logScale", "new Normal(0, [|logScale|])", "new Normal(0, logScale.Exp())")]
    [InlineData("Tensor scale", "new Gamma(2, [|scale|])", "new Gamma(2, 1 / scale)")]
    [InlineData("Tensor logits", "new Bernoulli([|logits|])", "new Bernoulli(logits: logits)")]
    [InlineData("Tensor loc, Tensor scaleTril", "new MultivariateNormal(loc, [|scaleTril|])", "new MultivariateNormal(loc, scaleTril: scaleTril)")]
    public Task The_parameter_gets_what_it_takes(string parameters, string before, string after) =>
        Check.Members($"object Make({parameters}) => {before};", $"object Make({parameters}) => {after};");
}
