using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Stiff solves of large states, whose Jacobians are made of products.</summary>
[Trait("Once", "Cultures")]
public sealed class OdeLargeTests
{
    private const int Size = 40;

    private static readonly Tensor Start = Tensor.LinearSpace(0, 1, Size, DType.Float64);

    /// <summary>A ring in which each depends on the square of its neighbour, whose derivative is zero where that is, and on the time:
    /// entries that are zero at first must be found later. The explicit solver, which needs no Jacobian, is the oracle.</summary>
    [Fact]
    public void States_and_gradients_are_those_of_the_explicit_solver()
    {
        double[] want = Solve(new Tsit5 { RelativeTolerance = 1e-10, AbsoluteTolerance = 1e-10 }, out double[] wantGradient, out double[] wantStart);
        double[] got = Solve(new Rodas5 { RelativeTolerance = 1e-10, AbsoluteTolerance = 1e-10 }, out double[] gradient, out double[] start);

        Close.Assert(got, want, 1e-8, 1e-8, "states");
        Close.Assert(gradient, wantGradient, 1e-6, 1e-6, "gradient of the rates");
        Close.Assert(start, wantStart, 1e-6, 1e-6, "gradient of the start");
    }

    /// <summary>Robertson's reaction from forty starts at once against the same one by one.</summary>
    [Fact]
    public void A_batch_has_the_states_and_gradients_of_its_rows()
    {
        const int Rows = 40;
        Tensor rates = Tensor.From([0.04, 3e7, 1e4]).AsVariable();
        Tensor first = Tensor.LinearSpace(0.5, 1, Rows, DType.Float64);
        Tensor all = Solve(Tensor.Stack([first, 0.0 * first, 0.0 * first], 1));
        double[] gradient = Gradient.Of((all * all).Sum(), [rates])[0].ToArray<double>(), sum = new double[3];
        for (int row = 0; row < Rows; row += 13)
        {
            Tensor alone = Solve(Tensor.Stack([first[row], 0.0, 0.0]).Reshape(1, 3));
            Close.Assert(all.Slice(1, row, 1).ToArray<double>(), alone.ToArray<double>(), 1e-4, 1e-9, $"row {row}");
        }
        for (int row = 0; row < Rows; row++)
        {
            Tensor alone = Solve(Tensor.Stack([first[row], 0.0, 0.0]).Reshape(1, 3));
            double[] own = Gradient.Of((alone * alone).Sum(), [rates])[0].ToArray<double>();
            sum = [.. sum.Zip(own, (a, b) => a + b)];
        }
        Close.Assert(gradient, sum, 1e-3, 1e-12, "gradient");

        Tensor Solve(Tensor start) => Ode.Solve((t, y) =>
        {
            Tensor a = y.Slice(1, 0, 1), b = y.Slice(1, 1, 1), c = y.Slice(1, 2, 1);
            Tensor one = rates[0] * a, two = rates[1] * b * b, three = rates[2] * b * c;
            return Tensor.Concat([three - one, one - two - three, two], 1);
        }, start, 0, Tensor.From([0.4, 40]), new Rodas5 { AbsoluteTolerance = Tensor.From([1e-9, 1e-13, 1e-9]) },
            gradient: OdeGradient.Discrete).Values;
    }

    private static double[] Solve(OdeSolver solver, out double[] gradient, out double[] startGradient)
    {
        Tensor rates = Tensor.From([0.7, 3.0, 0.3]).AsVariable(), start = Start.AsVariable();
        Tensor values = Ode.Solve((t, y) =>
        {
            Tensor neighbour = Tensor.Concat([y.Slice(0, Size - 1, 1), y.Slice(0, 0, Size - 1)], 0);
            return (-rates[0] * y) + (rates[2] * neighbour * neighbour) + ((rates[1] * t).Sin() * y);
        }, start, 0, Tensor.From([0.5, 1.0]), solver, gradient: OdeGradient.Discrete).Values;
        Tensor[] gradients = Gradient.Of(values.Square().Sum(), [rates, start]);
        (gradient, startGradient) = (gradients[0].ToArray<double>(), gradients[1].ToArray<double>());
        return values.ToArray<double>();
    }
}
