namespace Pyrite.Conformance;

/// <summary>Distribution functions at the ends of supports and a thousand widths away: no value and no gradient is NaN, in either type.</summary>
public sealed class MemberBorderTests
{
    /// <summary>Families whose slope at an end is 0 · ∞ in the chain of its parameters, with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
    };

    public static TheoryData<string> Reals => [.. RealFamilies.All.Keys];

    [Theory, MemberData(nameof(Reals))]
    public void Distribution_functions_have_numbers_as_gradients_everywhere(string name)
    {
        List<string> faults = [];
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            using Precision.Scope precision = Precision.Use(type);
            foreach (double place in Places(name))
            {
                foreach (bool isUpper in new[] { false, true })
                {
                    Tensor[] variables = [.. RealFamilies.All[name].Parameters.Select(parameter => parameter.To(type).AsVariable())];
                    Tensor x = Tensor.Full([1], place, type).AsVariable();
                    Distribution distribution = RealFamilies.All[name].MakeFrom(variables, false);
                    Tensor result = isUpper ? distribution.SurvivalFunction(x) : distribution.Cdf(x);
                    double[] numbers =
                        [result.Item(),
                            .. result.RequiresGradient
                                ? Gradient.Of(result.Sum(), [.. variables, x]).SelectMany(gradient => gradient.ToArray<double>())
                                : []];
                    if (numbers.Any(double.IsNaN))
                    {
                        faults.Add(FormattableString.Invariant($"{type} {(isUpper ? "survival" : "cdf")} at {place}: {string.Join(" ", numbers)}"));
                    }
                }
            }
        }
        Assert.True(faults.Count == 0 || Exceptions.ContainsKey(name), $"{name}: {string.Join("\n", faults)}");
        Assert.False(faults.Count == 0 && Exceptions.ContainsKey(name), $"{name} has no faults any more: take it out of the table.");
    }

    private static IEnumerable<double> Places(string name)
    {
        Distribution distribution = RealFamilies.All[name].Make();
        double low = distribution.Support.LowerEnd?.Item() ?? double.NaN;
        double high = distribution.Support.UpperEnd?.Item() ?? double.NaN;
        double middle = distribution.InverseCdf(Tensor.From([0.5])).Item();
        double width = distribution.InverseCdf(Tensor.From([0.75])).Item() - distribution.InverseCdf(Tensor.From([0.25])).Item();
        double[] places = [low, high, middle, .. new double[] { -1000, -100, -10, -5, 5, 10, 100, 1000 }.Select(step => middle + (step * width))];
        return places.Where(double.IsFinite);
    }
}
