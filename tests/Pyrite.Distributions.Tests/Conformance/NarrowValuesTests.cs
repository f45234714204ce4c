namespace Pyrite.Conformance;

/// <summary>Values in Float32 under parameters in Float64: every family scores them in Float64, as it scores the same numbers in Float64.</summary>
/// <remarks>A log-density of MCMC, whose parameters are Float64, meets data in Float32 so: computed in Float32 it would be neither exact nor what
/// the model gives when it is compiled.</remarks>
public sealed class NarrowValuesTests
{
    private static readonly Dictionary<string, Family> All = RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All)
        .Concat(IntegerValuesTests.Wrapped()).Concat(Wrapped()).ToDictionary(entry => entry.Key, entry => entry.Value);

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Float32_scores_as_the_same_numbers_in_Float64(string name)
    {
        Distribution distribution = All[name].Make(validate: false);
        if (distribution.GivenType != DType.Float64)
        {
            return;   // its parameters are plain or whole numbers, so that the value alone has a type
        }
        Tensor narrow = distribution.Sample(RandomKey.FromSeed(5), [7]).Detach().To(DType.Float32);
        Tensor expected = distribution.LogProb(narrow.To(DType.Float64));
        Tensor found = distribution.LogProb(narrow);
        Assert.Equal(expected.DType, found.DType);
        Assert.Equal(expected.ToArray<double>(), found.ToArray<double>());
    }

    private static Dictionary<string, Family> Wrapped() => new()
    {
        ["Wrapped: Truncated"] = Of(p => new Truncated(new Gamma(p[0], p[1]), low: 0.2, high: 5.0)),
        ["Wrapped: Truncated Normal"] = Of(p => new Truncated(new Normal(p[0], p[1]), low: 0.2)),
        ["Wrapped: Truncated Cauchy"] = Of(p => new Truncated(new Cauchy(p[0], p[1]), high: 5.0)),
        ["Wrapped: Censored"] = Of(p => new Censored(new Normal(p[0], p[1]), low: 0.2)),
        ["Wrapped: Interval-censored"] = Of(p => new IntervalCensored(new Normal(p[0], p[1]))),
        ["Wrapped: Folded"] = Of(p => new Folded(new Normal(p[0], p[1]))),
        ["Wrapped: Transformed"] = Of(p => new TransformedDistribution(new Normal(p[0], p[1]), new ExpTransform())),
        ["Wrapped: Transformed by its own numbers"] = Of(p => new TransformedDistribution(new Normal(0.0, 1.0), new AffineTransform(p[0], p[1]))),
        ["Wrapped: Zero-inflated"] = Of(p => new ZeroInflated(new Poisson(p[0]), gate: 0.2)),
        ["Wrapped: Hurdle"] = Of(p => new Hurdle(new Poisson(p[0]), gate: 0.2)),
        ["Wrapped: Mixture"] = Of(p => new Mixture(new Categorical(Tensor.From([0.3, 0.7])), new Normal(p[0], p[1]), new Normal(0.0, 1.0))),
        ["Wrapped: Mixture of one family"] =
            Of(p => new MixtureSameFamily(new Categorical(Tensor.From([0.3, 0.7])), new Normal(Tensor.Stack([p[0], p[1]], 0), 1.0))),
        ["Wrapped: Expanded"] = Of(p => new Gamma(p[0], p[1]).Expand([7])),
        ["Wrapped: Masked"] = Of(p => new Gamma(p[0], p[1]).Mask(Tensor.Full([], 1, DType.Bool))),
    };

    private static Family Of(Func<Tensor[], Distribution> make) => new([Scalar(1.3), Scalar(0.7)], (p, _) => make(p));

    private static Tensor Scalar(double value) => Tensor.Full(Shape.Scalar, value, DType.Float64);
}
