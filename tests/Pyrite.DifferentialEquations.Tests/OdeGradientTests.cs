using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Gradients against central differences of the solve itself, in everything that has one.</summary>
public sealed class OdeGradientTests
{
    private static readonly Tensor Start = Tensor.From([2.0, 1.0]);

    public static TheoryData<OdeGradient, bool> Kinds
    {
        get
        {
            TheoryData<OdeGradient, bool> kinds = [];
            foreach (OdeGradient kind in Enum.GetValues<OdeGradient>())
            {
                kinds.Add(kind, false);
                kinds.Add(kind, true);
            }
            return kinds;
        }
    }

    private static Func<Tensor, Tensor, Tensor> Oscillator(Tensor k) =>
        (t, y) => Tensor.Stack([y[1] * k[0], (-y[0] * k[1]) + (k[2] * (0.7 * t).Sin()) - (0.1 * y[1] * y[0] * y[0])]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_flow_to_state_start_times_and_what_the_lambda_captures(OdeGradient kind, bool isStiff) => Verify(
        inputs => Ode.Solve(Oscillator(inputs[1]), inputs[0], inputs[2], inputs[3], Exact(isStiff), gradient: kind).Values,
        Start, Tensor.From([0.9, 1.3, 0.5]), Tensor.From([0.2]), Tensor.From([0.5, 1.0, 1.7, 4.0]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_flow_backwards_in_time(OdeGradient kind, bool isStiff) => Verify(
        inputs => Ode.Solve(Oscillator(inputs[1]), inputs[0], 2.0, inputs[2], Exact(isStiff), gradient: kind).Values,
        Start, Tensor.From([0.9, 1.3, 0.5]), Tensor.From([1.5, 0.1]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_flow_through_events_at_times(OdeGradient kind, bool isStiff) => Verify(
        inputs => Ode.Solve(Oscillator(inputs[1]), inputs[0], 0, Tensor.From([0.5, 1.5, 3.0]), Exact(isStiff),
            [OdeEvent.Add(inputs[2], inputs[3]), OdeEvent.At(1.0, (t, y) => (y * inputs[3][0]) + t)], kind).Values,
        Start, Tensor.From([0.9, 1.3, 0.5]), Tensor.From([0.8, 2.1]), Tensor.From([0.4, -0.3]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_flow_through_the_times_of_roots(OdeGradient kind, bool isStiff) => Verify(
        inputs => Ode.Solve((t, y) => Tensor.Stack([y[1], -inputs[1][0] - (0.1 * y[1])]), inputs[0], 0, Tensor.From([0.3, 1.0, 1.9]),
            Exact(isStiff),
            [OdeEvent.When((t, y) => y[0] - inputs[1][1], y => Tensor.Stack([y[0], -inputs[1][2] * y[1]]), OdeCrossing.Falling)], kind).Values,
        Tensor.From([2.0, 0.5]), Tensor.From([9.8, 0.1, 0.8]));

    [Fact]
    public void Forward_gradients_have_gradients()
    {
        Tensor point = Tensor.From([0.9, 1.3, 0.5]);
        Tensor hessian = Derivatives.Hessian(
            k => Ode.Solve(Oscillator(k), Start, 0, Tensor.From([1.0, 2.0]), Exact(false), gradient: OdeGradient.Forward).Values.Square().Sum(),
            point);

        double[] entries = hessian.ToArray<double>();
        for (int i = 0; i < 3; i++)
        {
            double[] moved = new double[3];
            moved[i] = 1e-4;
            Tensor high = GradientAt(point + Tensor.From(moved)), low = GradientAt(point - Tensor.From(moved));
            Close.Assert(entries[(3 * i)..((3 * i) + 3)], ((high - low) / 2e-4).ToArray<double>(), 1e-5, 1e-5, "a row of the Hessian");
        }

        Tensor GradientAt(Tensor at) => Gradient.Of(
            k => Ode.Solve(Oscillator(k), Start, 0, Tensor.From([1.0, 2.0]), Exact(false)).Values.Square().Sum(), at);
    }

    [Fact]
    public void Gradients_of_discrete_gradients_are_refused()
    {
        NotSupportedException refusal = Assert.Throws<NotSupportedException>(() => Derivatives.Hessian(
            k => Ode.Solve(Oscillator(k), Start, 0, Tensor.From([1.0])).Values.Sum(), Tensor.From([0.9, 1.3, 0.5])));

        Assert.Contains("OdeGradient.Forward", refusal.Message);
    }

    private static OdeSolver Exact(bool isStiff) => isStiff ? new Rodas5 { RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-9 }
        : new Tsit5 { RelativeTolerance = 1e-10, AbsoluteTolerance = 1e-10 };

    private static void Verify(Func<Tensor[], Tensor> function, params Tensor[] inputs) => GradientCheck.Verify(function, inputs, 2e-6, 2e-6);
}
