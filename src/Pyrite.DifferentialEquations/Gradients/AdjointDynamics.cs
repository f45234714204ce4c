using Pyrite.Runs;
using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Gradients;

/// <summary>The adjoint equation along a step of the solution: dλ/dt = -(∂f/∂y)ᵀλ, and dg/dt = -(∂f/∂θ)ᵀλ for the captured numbers.</summary>
internal sealed class AdjointDynamics(OdeSystem system, OdeRun run) : IDynamics
{
    private readonly double[] state = new double[system.Size];
    private readonly double[] behind = new double[system.Size];
    private readonly double[] product = new double[system.Size];
    private readonly double[] unit = new double[system.Size];
    private readonly double[] gradients = new double[system.EventTimesAt];
    private readonly double[] other = new double[system.Size + system.WantedCount];
    private RunEntry step;

    public int Size => system.Size + system.WantedCount;

    /// <summary>Moves to a step of the solution.</summary>
    public void MoveTo(in RunEntry entry) => step = entry;

    public void Slope(double t, ReadOnlySpan<double> y, Span<double> slope)
    {
        FindState(t);
        Array.Clear(gradients);
        run.Room.Right.Back(t, state, y[..system.Size], product, gradients);
        for (int i = 0; i < product.Length; i++)
        {
            slope[i] = -product[i];
        }
        for (int i = 0; i < system.WantedCount; i++)
        {
            slope[system.Size + i] = -gradients[system.WantedAt + i];
        }
    }

    public void Jacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> timeSlope)
    {
        int size = Size;
        jacobian.Clear();
        FindState(t);
        for (int j = 0; j < system.Size; j++)
        {
            unit[j] = 1;
            Array.Clear(gradients);
            run.Room.Right.Back(t, state, unit, product, gradients);
            unit[j] = 0;
            for (int i = 0; i < size; i++)
            {
                jacobian[(i * size) + j] = i < system.Size ? -product[i] : -gradients[system.WantedAt + i - system.Size];
            }
        }

        // The solution is known at single times only, so the derivative in time is a quotient of differences inside the step.
        double reach = 1e-5 * step.Length, low = InStep(t - reach), high = InStep(t + reach);
        Slope(high, y, timeSlope);
        Slope(low, y, other);
        for (int i = 0; i < size; i++)
        {
            timeSlope[i] = (timeSlope[i] - other[i]) / (high - low);
        }
    }

    private double InStep(double t) => Math.Clamp(t, Math.Min(step.Time, step.Time + step.Length), Math.Max(step.Time, step.Time + step.Length));

    private void FindState(double t)
    {
        int n = system.Size;
        ReadOnlySpan<double> numbers = run.Record.Numbers(step, (run.Scheme.StageCount + 1) * n);
        run.Scheme.End(numbers[..n], numbers[n..], step.Length, behind);
        run.Scheme.Interpolate((t - step.Time) / step.Length, step.Length, numbers[..n], behind, numbers[n..], state);
    }
}
