using Pyrite.Stepping;
using Pyrite.Testing;

namespace Pyrite.Tests.Stepping;

/// <summary>The numbers of the methods: order conditions, and the order that is seen.</summary>
public sealed class TableauTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1.0)]
    public void Tsitouras_interpolant_fulfils_the_conditions_of_order_4(double theta)
    {
        double[] b = new double[7];
        Tsitouras.Inside(theta, b);
        double[] c = Tsitouras.Nodes, ac = Times(c), ac2 = Times([.. c.Select(x => x * x)]), aac = Times(ac);
        double[] got = [Dot(b, _ => 1), Dot(b, i => c[i]), Dot(b, i => c[i] * c[i]), Dot(b, i => ac[i]), Dot(b, i => c[i] * c[i] * c[i]),
            Dot(b, i => c[i] * ac[i]), Dot(b, i => ac2[i]), Dot(b, i => aac[i])];
        double[] want = [theta, P(2) / 2, P(3) / 3, P(3) / 6, P(4) / 4, P(4) / 8, P(4) / 12, P(4) / 24];

        Close.Assert(got, want, 0, 2e-13, "order conditions (Hairer, Nørsett and Wanner, table II.2.1)");

        double P(int power) => Math.Pow(theta, power);
    }

    [Fact]
    public void Tsitouras_nodes_are_the_sums_of_their_weights_and_the_interpolant_ends_at_the_step()
    {
        double[] inside = new double[7];
        Tsitouras.Inside(1, inside);

        Close.Assert([.. Tsitouras.Weights.Select(row => row.Sum())], Tsitouras.Nodes, 0, 1e-14, "nodes");
        Close.Assert(inside, [.. Tsitouras.Weights[6], 0], 0, 1e-13, "weights of the step");
    }

    /// <summary>Halving all steps divides the error by 32 for order 5; the logarithm to base 2 of the quotient, over three halvings.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Errors_fall_with_the_fifth_power_of_the_step(bool isStiff)
    {
        Pendulum pendulum = new();
        double[] exact = Solve(new ExplicitScheme(pendulum), 3000);
        double[] errors = [.. new[] { 20, 160 }.Select(
            steps => Solve(isStiff ? new RosenbrockScheme(pendulum) : new ExplicitScheme(pendulum), steps)
                .Zip(exact, (a, b) => Math.Abs(a - b)).Max())];

        Assert.InRange(Math.Log2(errors[0] / errors[1]) / 3, 4.6, 5.9);
    }

    /// <summary>One step of two lengths: the error inside falls with the fifth power, one more than the order of the interpolant.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Errors_inside_a_step_are_those_of_order_4(bool isStiff)
    {
        Pendulum pendulum = new();
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++)
        {
            double h = 0.2 / Math.Pow(8, i);
            Scheme scheme = isStiff ? new RosenbrockScheme(pendulum) : new ExplicitScheme(pendulum);
            Begin(scheme);
            scheme.Attempt(0, h);
            double[] inside = new double[2], exact = Solve(new ExplicitScheme(pendulum), 400, 0.4 * h);
            scheme.Interpolate(0.4, inside);
            errors[i] = inside.Zip(exact, (a, b) => Math.Abs(a - b)).Max();
        }

        Assert.InRange(Math.Log2(errors[0] / errors[1]) / 3, 4.5, 6);
    }

    private static double[] Solve(Scheme scheme, int steps, double end = 2)
    {
        Begin(scheme);
        for (int i = 0; i < steps; i++)
        {
            Assert.True(scheme.Attempt(end * i / steps, end / steps));
            scheme.Accept();
        }
        return [.. scheme.Before];
    }

    private static void Begin(Scheme scheme)
    {
        (scheme.Before[0], scheme.Before[1]) = (1, 0.5);
        scheme.Start(0, new double[2]);
    }

    private static double[] Times(double[] x) => [.. Tsitouras.Weights.Select(row => row.Select((a, j) => a * x[j]).Sum())];

    private static double Dot(double[] b, Func<int, double> x) => b.Select((weight, i) => weight * x(i)).Sum();

    /// <summary>A driven pendulum: not linear, and dependent on time.</summary>
    private sealed class Pendulum : IDynamics
    {
        public int Size => 2;

        public void Slope(double t, ReadOnlySpan<double> y, Span<double> slope) =>
            (slope[0], slope[1]) = (y[1], Math.Cos(2 * t) - Math.Sin(y[0]) - (0.2 * y[1] * y[1]));

        public void Jacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> timeSlope)
        {
            (jacobian[0], jacobian[1], jacobian[2], jacobian[3]) = (0, 1, -Math.Cos(y[0]), -0.4 * y[1]);
            (timeSlope[0], timeSlope[1]) = (0, -2 * Math.Sin(2 * t));
        }
    }
}
