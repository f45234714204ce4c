
namespace Pyrite.Conformance;

/// <summary>Values given as whole numbers, bytes or truth values: every family scores them as it scores the same numbers in Float64.</summary>
/// <remarks>The default precision is Float32 throughout, the parameters are Float64: nothing may pass through the default.</remarks>
public sealed class IntegerValuesTests
{
    private static readonly Dictionary<string, Family> All =
        RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All).Concat(Wrapped()).ToDictionary(entry => entry.Key, entry => entry.Value);

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> Scalars => [.. All.Keys.Where(name => All[name].Make().EventShape.Rank == 0)];

    /// <summary>Families without a whole number in their support, or where 0 and 1 have no score that could be compared.</summary>
    private static readonly string[] WithoutIntegers = ["LKJCholesky", "RelaxedBernoulli"];

    [Theory, MemberData(nameof(Names))]
    public void Integers_score_as_the_same_numbers_in_Float64(string name)
    {
        int compared = 0;
        foreach (bool validate in new[] { true, false })
        {
            Distribution distribution = All[name].Make(validate);
            foreach (Tensor value in Candidates(distribution))
            {
                Tensor expected = distribution.LogProb(value);
                foreach (DType type in new[] { DType.Int64, DType.UInt8, DType.Bool })
                {
                    if (Math.Abs((value.To(type).To(DType.Float64) - value).Abs().Sum().Item()) > 0)
                    {
                        continue;   // the type does not hold the value
                    }
                    Tensor found = distribution.LogProb(value.To(type));
                    // which has no parameters
                    Assert.True(expected.DType == found.DType || distribution is ImproperUniform, $"{name}: {found.DType}");
                    Assert.Equal(expected.ToArray<double>(), found.ToArray<double>());
                    compared++;
                }
            }
        }
        Assert.True(compared > 0 || WithoutIntegers.Contains(name), $"{name}: no whole number lies in its support");
    }

    [Theory, MemberData(nameof(Scalars))]
    public void Plain_numbers_score_as_tensors_of_Float64(string name)
    {
        foreach (bool validate in new[] { true, false })
        {
            Distribution distribution = All[name].Make(validate);
            for (int number = 0; number < 4; number++)
            {
                Tensor same = Tensor.Full(Shape.Scalar, number, DType.Float64);
                if (distribution.Support.Check(same).All())
                {
                    Assert.Equal(distribution.LogProb(same).ToArray<double>(), distribution.LogProb(number).To(DType.Float64).ToArray<double>());
                }
            }
            // another member, cut off: transforms and draws remember what they were made of
            Tensor draw = All[name].Make().Sample(RandomKey.FromSeed(4)).To(DType.Float64).Detach();
            if (draw.Count == 1)
            {
                Assert.Equal(distribution.LogProb(draw.Reshape(Shape.Scalar)).ToArray<double>(),
                    distribution.LogProb(draw.Item()).To(DType.Float64).ToArray<double>());
            }
        }
    }

    [Fact]
    public void Integers_beyond_the_reach_of_Float32_keep_every_digit()
    {
        Tensor count = Tensor.From([16_777_217L]);
        Tensor same = count.To(DType.Float64);
        Distribution[] families =
        [
            new Poisson(Scalar(16_777_210)), new Geometric(Scalar(1e-7)), new Binomial(Scalar(4e7), Scalar(0.42)),
            new NegativeBinomial(Scalar(300), Scalar(0.99998)), new Normal(Scalar(16_777_217), Scalar(0.5)),
            new Delta(Scalar(16_777_217)), new Delta(Scalar(16_777_216)), new Empirical(Tensor.From([16_777_216.0, 16_777_217])),
            new Empirical(Tensor.From([16_777_216L, 16_777_217])),
            new DiscreteUniform(Scalar(16_777_217), Scalar(16_777_219)), new Uniform(Scalar(16_777_217), Scalar(16_777_218)),
            new Censored(new Poisson(16_777_210.0), high: Scalar(16_777_216.5)),
            new Truncated(new Poisson(Scalar(16_777_210)), low: Tensor.Full(Shape.Scalar, 16_777_217, DType.Int64)),
            new Mixture(new Categorical(Tensor.From([0.5, 0.5])), new Normal(0.0, 1.0), new Normal(16_777_217.0, 0.5)),
            new TransformedDistribution(new Normal(0.0, 1.0), new AffineTransform(Scalar(16_777_217), Scalar(1))),
            new Delta(Tensor.From([16_777_217L])).ToEvent(), new Normal(Scalar(16_777_217), 1.0).Expand([1]).ToEvent(),
        ];
        foreach (Distribution family in families)
        {
            Assert.True(family.LogProb(same).ToArray<double>().SequenceEqual(family.LogProb(count).ToArray<double>()), family.Name);
        }
        Assert.Equal(double.NegativeInfinity, new Delta(Tensor.Full(Shape.Scalar, 16_777_216, DType.Float32)).LogProb(count).Item());
    }

    [Fact]
    public void Single_precision_parameters_give_single_precision_scores()
    {
        Tensor score = new Poisson(Tensor.Full([2], 3.5, DType.Float32)).LogProb(Tensor.From([2L, 4]));
        Assert.Equal(DType.Float32, score.DType);
        Assert.Equal(new Poisson(3.5).LogProb(Tensor.From([2.0, 4])).ToArray<double>()[1], score.ToArray<double>()[1], 1e-6);
    }

    private static IEnumerable<Tensor> Candidates(Distribution distribution)
    {
        Shape shape = distribution.EventShape;
        Tensor draws =
            distribution is ImproperUniform
                ? Tensor.Ones([3, .. shape], DType.Float64)
                : distribution.Sample(RandomKey.FromSeed(3), [20]).To(DType.Float64).Round();
        List<Tensor> candidates =
            [Tensor.Zeros(shape, DType.Float64), Tensor.Ones(shape, DType.Float64), Tensor.Full(shape, 2, DType.Float64),
                .. Enumerable.Range(0, draws.Shape[0]).Select(i => draws.Select(0, i))];
        if (shape.Rank == 1)
        {
            candidates.Add(Tensor.Range(shape[0]).EqualTo(0).To(DType.Float64));
            candidates.Add(Tensor.Range(shape[0]).To(DType.Float64));
        }
        if (shape.Rank == 2 && shape[0] == shape[1])
        {
            candidates.Add(Tensor.Range(shape[0]).Unsqueeze(-1).EqualTo(Tensor.Range(shape[0])).To(DType.Float64));
        }
        return candidates.Where(value => distribution.Support.Check(value).All());
    }

    internal static Dictionary<string, Family> Wrapped() => new()
    {
        ["Censored counts"] = Of([3.0], p => new Censored(new Poisson(p[0]), low: 1.0, high: 5.0)),
        ["Interval-censored counts"] = Of([3.0], p => new IntervalCensored(new Poisson(p[0]))),
        ["Truncated counts"] = Of([3.0], p => new Truncated(new Poisson(p[0]), low: 1.0)),
        ["Folded counts"] = Of([3.0], p => new Folded(new Poisson(p[0]))),
        ["Mixture of counts"] = Of([3.0, 0.2], p => new Mixture(new Categorical(Tensor.From([0.3, 0.7])), new Poisson(p[0]), new Geometric(p[1]))),
        ["Transformed counts"] = Of([3.0], p => new TransformedDistribution(new Poisson(p[0]), new AffineTransform(1.0, 2.0))),
        ["Bounds that alone are Float64"] = Of([5.0], p => new Censored(new Normal(0.3, 1.2), high: p[0])),
        ["A gate that alone is Float64"] = Of([0.3], p => new ZeroInflated(new Poisson(3.3), gate: p[0])),
        ["A hurdle that alone is Float64"] = Of([0.3], p => new Hurdle(new Poisson(3.3), gate: p[0])),
        ["A transform that alone is Float64"] =
            Of([0.3], p => new TransformedDistribution(new Normal(0.1, 1.7), new ExpTransform(), new AffineTransform(p[0], 1.0))),
        ["Components of two types"] =
            Of([0.3], p => new Mixture(new Categorical(Tensor.From([0.3f, 0.7f])), new Normal(0.1, 1.7), new Normal(p[0], 1.7))),
        ["Delta of integers"] = Of([], _ => new Delta(Tensor.Full(Shape.Scalar, 2, DType.Int64))),
    };

    private static Family Of(double[] parameters, Func<Tensor[], Distribution> make) => new([.. parameters.Select(Scalar)], (p, _) => make(p));

    private static Tensor Scalar(double value) => Tensor.Full(Shape.Scalar, value, DType.Float64);
}
