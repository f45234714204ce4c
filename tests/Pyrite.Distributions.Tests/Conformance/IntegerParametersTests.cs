
namespace Pyrite.Conformance;

/// <summary>Parameters given as whole numbers or truth values: counts as well as rates and scales, in every family, give what the same numbers in
/// Float64 give.</summary>
public sealed class IntegerParametersTests
{
    private static readonly Dictionary<string, Family> All =
        RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All).ToDictionary(entry => entry.Key, entry => entry.Value);

    private static readonly (string Name, Func<Distribution, Tensor> Ask)[] Members =
    [
        ("Mean", d => d.Mean), ("Variance", d => d.Variance), ("Entropy", d => d.Entropy()), ("Sample", d => d.Sample(RandomKey.FromSeed(5))),
        ("Cdf", d => d.Cdf(Tensor.From([0.6]))), ("LogSurvivalFunction", d => d.LogSurvivalFunction(Tensor.From([0.6]))),
            ("InverseCdf", d => d.InverseCdf(Tensor.From([0.6]))),
    ];

    // its infinite cutpoints have no whole numbers
    public static TheoryData<string> Names => [.. All.Keys.Where(name => name != "IntervalCensored")];

    [Theory, MemberData(nameof(Names))]
    public void Parameters_of_whole_numbers_are_those_of_Float64(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Family family = All[name];
        for (int i = 0; i < family.Parameters.Length; i++)
        {
            foreach (DType type in new[] { DType.Int64, DType.UInt8, DType.Bool })
            {
                Tensor whole =
                    (type == DType.Bool ? Tensor.Ones(family.Parameters[i].Shape, DType.Float64) : family.Parameters[i].Abs().Ceiling()).To(type);
                int position = i;
                Tensor[] Parameters(Tensor given) => [.. family.Parameters.Select((p, j) => j == position ? given : p)];
                Distribution real;
                try
                {
                    real = family.MakeFrom(Parameters(whole.To(DType.Float64)), true);
                }
                catch (ArgumentException)
                {
                    continue;   // the constraint does not admit these numbers
                }
                Distribution counted = family.MakeFrom(Parameters(whole), true);
                foreach ((string member, Func<Distribution, Tensor> ask) in Members)
                {
                    if (Family.OrNull(() => ask(real)) is { } want)
                    {
                        Assert.True(want.ToArray<double>().SequenceEqual(ask(counted).ToArray<double>()),
                            $"{name}: {member} with parameter {i} of {type}");
                    }
                }
                Tensor value = real.Sample(RandomKey.FromSeed(3)).Detach();
                if (real.Support.Check(value).All())
                {
                    Assert.True(real.LogProb(value).ToArray<double>().SequenceEqual(counted.LogProb(value).ToArray<double>()),
                        $"{name}: LogProb with parameter {i} of {type}");
                }
            }
        }
    }
}
