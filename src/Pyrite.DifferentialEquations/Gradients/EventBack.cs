using Pyrite.Runs;
using Pyrite.Systems;

namespace Pyrite.Gradients;

/// <summary>Goes back through an event: the state afterwards depends on the state before and on the time, and the time of a root on the
/// state.</summary>
/// <remarks>With y⁺ = h(t, y⁻), the gradient for the time is λ⁺·(∂h/∂t + ∂h/∂y f⁻ - f⁺); at a root, g(t, y⁻) = 0, so that
/// dt = -(∂g/∂y dy + ∂g/∂θ dθ)/(∂g/∂t + ∂g/∂y f⁻). Behind an end the state stays, so f⁺ is 0.</remarks>
internal sealed class EventBack(OdeSystem system, SystemRoom room)
{
    private static readonly double[] One = [1];

    private readonly double[] slopeBefore = new double[system.Size];
    private readonly double[] slopeBehind = new double[system.Size];
    private readonly double[] product = new double[system.Size];
    private readonly double[] rootGradient = new double[system.Size];
    private readonly double[] rootParameters = new double[system.EventTimesAt];

    /// <summary>Goes back through an event.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="numbers">The states before and behind it.</param>
    /// <param name="adjoint">The gradient for the state behind it; that for the state before it afterwards.</param>
    /// <param name="endUpstream">The gradient for the time at which the solve ended, if this event has ended it.</param>
    /// <param name="gradients">The gradients for the first block, added to.</param>
    public void GoBack(in RunEntry entry, ReadOnlySpan<double> numbers, Span<double> adjoint, double endUpstream, Span<double> gradients)
    {
        int n = system.Size, place = (int)entry.Length;
        ReadOnlySpan<double> before = numbers[..n], behind = numbers[n..];
        room.Slope(entry.Time, before, slopeBefore);
        room.Slope(entry.Time, behind, slopeBehind);
        double time = room.Jumps[entry.Index].Back(entry.Time, before, adjoint, product, gradients);
        time += Dot(product, slopeBefore) + (system.Events[entry.Index].IsEnd ? endUpstream : -Dot(adjoint, slopeBehind));
        product.CopyTo(adjoint);
        if (place >= 0)
        {
            gradients[place] += time;
            return;
        }
        Array.Clear(rootParameters);
        double rate = room.Roots[entry.Index]!.Back(entry.Time, before, One, rootGradient, rootParameters);
        rate += Dot(rootGradient, slopeBefore);
        double share = time / rate;
        for (int i = 0; i < n; i++)
        {
            adjoint[i] -= share * rootGradient[i];
        }
        for (int i = system.WantedAt; i < rootParameters.Length; i++)
        {
            gradients[i] -= share * rootParameters[i];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
