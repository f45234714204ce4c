
namespace Pyrite.Conformance;

/// <summary>Means, variances, modes, entropies and distribution functions with their gradients, at tiny, large and near-equal parameters and in
/// tails, against numbers of 50 digits.</summary>
/// <remarks>
/// Float64: values to 1e-10, gradients to 1e-8, besides what rounding the arguments once would change. Float32: both to 1e-4, besides three roundings
/// of the arguments, wherever the result is a number of that type. The rows and their source are in <c>members.txt</c>.
/// </remarks>
public sealed class MemberReferenceTests
{
    public static TheoryData<string> Families => [.. MemberReference.All.Select(row => row.Family).Distinct()];

    [Fact]
    public void The_table_has_rows_for_every_family_with_a_closed_form_elsewhere()
    {
        string[] without = ["Truncated", "Folded", "TransformedDistribution", "MixtureSameFamily", "Mixture", "BetaProportion"];
        IEnumerable<string> missing =
            RealFamilies.All.Keys.Where(name => !name.Contains(" of ", StringComparison.Ordinal)).Except(without).Except(["ContinuousBernoulli"])
                .Except(MemberReference.All.Select(row => row.Family));
        Assert.Empty(missing);
    }

    [Theory, MemberData(nameof(Families))]
    public void Values_and_gradients_are_those_of_many_digits(string family)
    {
        List<string> faults = [];
        foreach (MemberReference row in MemberReference.All.Where(row => row.Family == family))
        {
            (double value, double[] gradients) = Evaluate(row, DType.Float64);
            Check(row, "value", value, row.Value, (1e-10 * Math.Abs(row.Value)) + (1e-15 * row.Condition), faults);
            for (int i = 0; i < gradients.Length; i++)
            {
                double size = row.Arguments[i] == 0 ? 1 : Math.Abs(row.Arguments[i]);
                double rounding =
                    ((row.Member.StartsWith("Log", StringComparison.Ordinal) ? 0 : 1e-13 * Math.Abs(row.Value)) + (1e-15 * row.Condition)) / size;
                Check(row, $"gradient {i}", gradients[i], row.Derivatives[i], (1e-8 * Math.Abs(row.Derivatives[i])) + rounding + 1e-300, faults);
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Theory, MemberData(nameof(Families))]
    public void Float32_agrees_wherever_the_result_is_a_number_of_that_type(string family)
    {
        List<string> faults = [];
        foreach (MemberReference row in MemberReference.All.Where(row => row.Family == family))
        {
            (double value, double[] gradients) = Evaluate(row, DType.Float32);
            if (IsSingle(row.Value))
            {
                Check(row, "value", value, row.Value, (1e-4 * Math.Abs(row.Value)) + (4e-7 * row.Condition), faults);
            }
            for (int i = 0; i < gradients.Length; i++)
            {
                double size = row.Arguments[i] == 0 ? 1 : Math.Abs(row.Arguments[i]);
                if (IsSingle(row.Derivatives[i]))
                {
                    Check(row, $"gradient {i}", gradients[i], row.Derivatives[i],
                        (1e-4 * Math.Abs(row.Derivatives[i])) + (4e-7 * (row.Condition + Math.Abs(row.Value)) / size), faults);
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>Whether a number lies in the range of normal numbers of Float32.</summary>
    private static bool IsSingle(double number) => number == 0 || (Math.Abs(number) > 1.3e-37 && Math.Abs(number) < 3e38);

    private static (double Value, double[] Gradients) Evaluate(MemberReference row, DType type)
    {
        Tensor[] variables = [.. row.Arguments.Select(argument => Tensor.Full([1], argument, type).AsVariable())];
        Tensor result = row.Of(variables);
        return (result.Item(),
            result.RequiresGradient ? [.. Gradient.Of(result.Sum(), variables).Select(gradient => gradient.Item())] : new double[variables.Length]);
    }

    private static void Check(MemberReference row, string what, double got, double want, double allowed, List<string> faults)
    {
        if (!(Math.Abs(got - want) <= allowed))
        {
            faults.Add(FormattableString.Invariant($"{row}: {what} {got:R}, want {want:R}"));
        }
    }
}
