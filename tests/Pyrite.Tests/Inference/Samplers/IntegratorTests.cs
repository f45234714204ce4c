using Pyrite.Inference.Samplers.Metrics;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Leapfrog steps of a point on the potential Σ cosh(q) + q₀q₁/4 + q₁q₃/8, with every kind of metric.</summary>
public sealed class IntegratorTests
{
    private const int Size = 5;

    private static readonly double[] StartPosition = [0.3, -0.5, 1.1, 0.2, -0.7];
    private static readonly double[] StartMomentum = [0.7, 0.2, -0.4, 1.1, 0.3];

    public static TheoryData<string> Metrics => ["unit", "diagonal", "dense", "block"];

    [Theory, MemberData(nameof(Metrics))]
    public void The_energy_error_falls_with_the_square_of_the_step(string metric)
    {
        PhasePoint point = Point(metric);
        double coarse = EnergyError(point, 0.1, 10), fine = EnergyError(point, 0.05, 20), finest = EnergyError(point, 0.025, 40);
        Assert.InRange(coarse / fine, 3.6, 4.4);
        Assert.InRange(fine / finest, 3.85, 4.15);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Trajectories_can_be_walked_back(string metric)
    {
        PhasePoint point = Point(metric);
        point.Begin(StartPosition, StartMomentum);
        Walk(point, 0.1, 200);
        Assert.NotEqual(StartPosition[0], point.Position[0], 3);
        Walk(point, -0.1, 200);
        for (int i = 0; i < Size; i++)
        {
            Assert.Equal(StartPosition[i], point.Position[i], 1e-10);
            Assert.Equal(StartMomentum[i], point.Momentum[i], 1e-10);
        }
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Volume_is_kept(string metric)
    {
        const double Shift = 1e-5;
        PhasePoint point = Point(metric);
        double[] at = [.. StartPosition, .. StartMomentum];
        double[,] jacobian = new double[2 * Size, 2 * Size];
        for (int j = 0; j < 2 * Size; j++)
        {
            double[] up = [.. at], down = [.. at];
            up[j] += Shift;
            down[j] -= Shift;
            (up, down) = (End(point, up), End(point, down));
            for (int i = 0; i < 2 * Size; i++)
            {
                jacobian[i, j] = (up[i] - down[i]) / (2 * Shift);
            }
        }
        Assert.Equal(1, Tensor.From(jacobian).Determinant().Item(), 1e-7);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void One_step_is_the_one_written_by_hand(string metric)
    {
        const double Step = 0.13;
        PhasePoint point = Point(metric);
        point.Begin(StartPosition, StartMomentum);
        double[] q = [.. StartPosition], p = [.. StartMomentum], velocity = new double[Size];
        double[,] inverse = InverseMass(metric);
        Kick();
        Velocity();
        for (int i = 0; i < Size; i++)
        {
            q[i] += Step * velocity[i];
        }
        Kick();
        Velocity();
        double energy = Integrator.Leapfrog.Step(point, Step);
        for (int i = 0; i < Size; i++)
        {
            Assert.Equal(q[i], point.Position[i], 13);
            Assert.Equal(p[i], point.Momentum[i], 13);
            Assert.Equal(velocity[i], point.Velocity[i], 13);
        }
        Assert.Equal(Energy(q) + (0.5 * p.Zip(velocity, (a, b) => a * b).Sum()), energy, 12);

        void Kick()
        {
            double[] slope = Slope(q);
            for (int i = 0; i < Size; i++)
            {
                p[i] -= 0.5 * Step * slope[i];
            }
        }

        void Velocity()
        {
            for (int i = 0; i < Size; i++)
            {
                velocity[i] = Enumerable.Range(0, Size).Sum(j => inverse[i, j] * p[j]);
            }
        }
    }

    private static PhasePoint Point(string metric)
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor q = Sample("q", new ImproperUniform(Constraints.RealVector, Shape.Scalar, [Size]));
            Factor("energy", -((0.5 * (q.Exp() + (-q).Exp())).Sum() + (0.25 * q[0] * q[1]) + (0.125 * q[1] * q[3])));
        });
        double[,] inverse = InverseMass(metric);
        Metric given = metric switch
        {
            "unit" => Metric.Unit(Size),
            "diagonal" => Metric.Diagonal(inverse[0, 0], inverse[1, 1], inverse[2, 2], inverse[3, 3], inverse[4, 4]),
            "dense" => Metric.Dense(inverse),
            _ => new BlockMetric([inverse[0, 0], inverse[1, 1], inverse[2, 2], inverse[3, 3], inverse[4, 4]],
                [([1, 3], [inverse[1, 1], inverse[1, 3], inverse[3, 1], inverse[3, 3]])]),
        };
        return new PhasePoint(potential, given);
    }

    private static double[,] InverseMass(string metric)
    {
        double[,] inverse = new double[Size, Size];
        double[] diagonal = metric == "unit" ? [1, 1, 1, 1, 1] : [1.0, 0.5, 2, 0.8, 1.4];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                bool isBlock = i is 1 or 3 && j is 1 or 3;
                inverse[i, j] = i == j ? diagonal[i] : metric == "dense" || (metric == "block" && isBlock) ? 0.3 * Math.Pow(0.7, Math.Abs(i - j)) : 0;
            }
        }
        return inverse;
    }

    private static double Walk(PhasePoint point, double step, int steps)
    {
        double energy = 0;
        for (int i = 0; i < steps; i++)
        {
            energy = Integrator.Leapfrog.Step(point, step);
        }
        return energy;
    }

    private static double[] End(PhasePoint point, double[] start)
    {
        point.Begin(start.AsSpan(0, Size), start.AsSpan(Size));
        Walk(point, 0.2, 10);
        return [.. point.Position, .. point.Momentum];
    }

    private static double EnergyError(PhasePoint point, double step, int steps)
    {
        point.Begin(StartPosition, StartMomentum);
        double before = point.KineticEnergy - point.LogDensity;
        return Math.Abs(Walk(point, step, steps) - before);
    }

    private static double Energy(double[] q) => q.Sum(Math.Cosh) + (0.25 * q[0] * q[1]) + (0.125 * q[1] * q[3]);

    private static double[] Slope(double[] q)
    {
        double[] slope = Array.ConvertAll(q, Math.Sinh);
        slope[0] += 0.25 * q[1];
        slope[1] += (0.25 * q[0]) + (0.125 * q[3]);
        slope[3] += 0.125 * q[1];
        return slope;
    }
}
