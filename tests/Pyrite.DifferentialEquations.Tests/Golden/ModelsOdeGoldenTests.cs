using System.Globalization;

namespace Pyrite.Tests;

/// <summary>Differential equations against reference solutions: values, sensitivities, and gradients of a weighted sum of all outputs by each kind of
/// gradient.</summary>
/// <remarks>Errors of values are measured in each component's scale, those of sensitivities, ten times the former, in each parameter's largest
/// one. Sensitivities are those of the default; of stiff equations the other kinds hold or
/// follow the steps of the solution, and where that jumps, they need the tightest tolerance for what the loosest allows.</remarks>
[Trait("Once", "Cultures")]
public sealed class ModelsOdeGoldenTests
{
    private static readonly Dictionary<string, OdeCase> Cases = OdeCase.All();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Solutions_are_as_exact_as_tolerances_ask(string name)
    {
        OdeCase one = Cases[name];
        foreach (double tolerance in one.Tolerances)
        {
            double[] got = one.Solve(tolerance, Tensor.From(one.Start), Tensor.From(one.Parameters)).Values.ToArray<double>();
            double[] want = one.Expected("y");
            double worst = got.Zip(want).Select((pair, i) => Math.Abs(pair.First - pair.Second) / one.Scale[i % one.Scale.Length]).Max();
            Assert.True(worst <= one.AllowedError(tolerance), Text($"{name} at {tolerance}: error {worst}, allowed {one.AllowedError(tolerance)}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sensitivities_are_as_exact(string name)
    {
        OdeCase one = Cases[name];
        foreach (double tolerance in one.Tolerances)
        {
            Tensor y0 = Tensor.From(one.Start).AsVariable(), parameters = Tensor.From(one.Parameters).AsVariable();
            Tensor values = one.Solve(tolerance, y0, parameters).Values;
            List<double> inParameters = [], inStart = [];
            for (int i = 0; i < values.Count; i++)
            {
                double[] unit = new double[values.Count];
                unit[i] = 1;
                Tensor[] row = Gradient.Of(values, [parameters, y0], Tensor.From(unit, values.Shape));
                inParameters.AddRange(row[0].ToArray<double>());
                inStart.AddRange(row[1].ToArray<double>());
            }
            double allowed = 10 * one.AllowedError(tolerance);
            Compare($"{name} at {tolerance}, parameters", [.. inParameters], one.Expected("sensitivity_parameters"), one.Parameters.Length, allowed);
            Compare($"{name} at {tolerance}, y0", [.. inStart], one.Expected("sensitivity_y0"), one.Start.Length, allowed);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_of_gradient_is_as_exact(string name)
    {
        OdeCase one = Cases[name];
        double loosest = one.Tolerances.First(), allowed = 10 * one.AllowedError(loosest);
        foreach (OdeGradient kind in Enum.GetValues<OdeGradient>())
        {
            double tolerance = one.IsStiff && kind != OdeGradient.Forward ? one.Tolerances.Last() : loosest;
            Tensor y0 = Tensor.From(one.Start).AsVariable(), parameters = Tensor.From(one.Parameters).AsVariable();
            Tensor values = one.Solve(tolerance, y0, parameters, kind).Values;
            Tensor sum = (values.Reshape(-1) * Tensor.From(one.Weights)).Sum();
            Tensor[] gradients = Gradient.Of(sum, [parameters, y0]);
            double size = one.Weights.Select((weight, i) => Math.Abs(weight) * one.Scale[i % one.Scale.Length]).Max();
            Assert.Equal(one.WeightedSum, sum.Item(), 10 * one.AllowedError(loosest) * size);
            CompareSums($"{name}, {kind}, parameters", gradients[0].ToArray<double>(), one.Expected("weighted_sum_gradient_parameters"),
                one.Expected("sensitivity_parameters"), one, allowed);
            CompareSums($"{name}, {kind}, y0", gradients[1].ToArray<double>(), one.Expected("weighted_sum_gradient_y0"),
                one.Expected("sensitivity_y0"), one, allowed);
        }
    }

    private static void Compare(string what, double[] got, double[] want, int parameters, double allowed)
    {
        Assert.Equal(want.Length, got.Length);
        for (int p = 0; p < parameters; p++)
        {
            double[] column = [.. want.Where((_, i) => i % parameters == p)], found = [.. got.Where((_, i) => i % parameters == p)];
            double largest = column.Max(Math.Abs), worst = column.Zip(found, (a, b) => Math.Abs(a - b)).Max() / largest;
            Assert.True(worst <= allowed, Text($"{what} {p}: error {worst}, allowed {allowed}"));
        }
    }

    /// <summary>A sum of sensitivities may err as much as its largest terms do.</summary>
    private static void CompareSums(string what, double[] got, double[] want, double[] sensitivities, OdeCase one, double allowed)
    {
        for (int p = 0; p < got.Length; p++)
        {
            double size = one.Weights.Select((weight, i) => Math.Abs(weight * sensitivities[(i * got.Length) + p])).Max();
            double error = Math.Abs(got[p] - want[p]) / size;
            Assert.True(error <= allowed, Text($"{what} {p}: {got[p]}, want {want[p]}; error {error}, allowed {allowed}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
