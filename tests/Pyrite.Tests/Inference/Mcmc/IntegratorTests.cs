using Pyrite.Kernels;

namespace Pyrite.Tests;

public sealed class IntegratorTests
{
    private static readonly double[] Metric = [1.0, 0.5, 2];

    [Fact]
    public void The_energy_error_falls_with_the_square_of_the_step()
    {
        double coarse = EnergyError(0.1, 10), fine = EnergyError(0.05, 20), finest = EnergyError(0.025, 40);
        Assert.InRange(coarse / fine, 3.6, 4.4);
        Assert.InRange(fine / finest, 3.8, 4.2);
    }

    [Fact]
    public void Trajectories_can_be_walked_back()
    {
        double[] q = [0.3, -0.5, 1.1], p = [0.7, 0.2, -0.4], start = [.. q, .. p];
        Walk(q, p, 0.1, 200);
        Assert.NotEqual(start[0], q[0], 3);
        Walk(q, p, -0.1, 200);
        double[] end = [.. q, .. p];
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(start[i], end[i], 1e-10));
    }

    [Fact]
    public void Volume_is_kept()
    {
        const double Shift = 1e-5;
        double[] at = [0.3, -0.5, 1.1, 0.7, 0.2, -0.4];
        double[,] jacobian = new double[6, 6];
        for (int j = 0; j < 6; j++)
        {
            double[] up = [.. at], down = [.. at];
            up[j] += Shift;
            down[j] -= Shift;
            Walk(up.AsSpan(0, 3), up.AsSpan(3, 3), 0.2, 10);
            Walk(down.AsSpan(0, 3), down.AsSpan(3, 3), 0.2, 10);
            for (int i = 0; i < 6; i++)
            {
                jacobian[i, j] = (up[i] - down[i]) / (2 * Shift);
            }
        }
        Assert.Equal(1, Tensor.From(jacobian).Determinant().Item(), 1e-7);
    }

    /// <summary>Leapfrog steps of the sampler's kernels on the potential Σ cosh(q) + q₀q₁/4.</summary>
    private static void Walk(Span<double> q, Span<double> p, double step, int steps)
    {
        double[] gradient = new double[3], velocity = new double[3];
        Gradient(q, gradient);
        for (int i = 0; i < steps; i++)
        {
            LeapfrogKernel.KickAndDrift(q, p, gradient, Metric, 0.5 * step, step);
            Gradient(q, gradient);
            LeapfrogKernel.KickAndVelocity(p, gradient, 0.5 * step, Metric, velocity);
        }
    }

    private static void Gradient(ReadOnlySpan<double> q, Span<double> gradient)
    {
        for (int i = 0; i < 3; i++)
        {
            gradient[i] = -Math.Sinh(q[i]) - (i < 2 ? 0.25 * q[1 - i] : 0);
        }
    }

    private static double EnergyError(double step, int steps)
    {
        double[] q = [0.3, -0.5, 1.1], p = [0.7, 0.2, -0.4];
        double before = Energy(q, p);
        Walk(q, p, step, steps);
        return Math.Abs(Energy(q, p) - before);
    }

    private static double Energy(double[] q, double[] p) =>
        q.Sum(Math.Cosh) + (0.25 * q[0] * q[1]) + (0.5 * Enumerable.Range(0, 3).Sum(i => Metric[i] * p[i] * p[i]));
}
