using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Keeps gradients from being too large.</summary>
public abstract class GradientClipping
{
    private protected GradientClipping()
    {
    }

    /// <summary>Scales all gradients by min(1, limit / (norm + 10⁻⁶)), the norm being that of all parameters together.</summary>
    /// <param name="limit">The largest norm.</param>
    /// <param name="order">The order of the norm: 2, or any p ≥ 1, or +∞ for the largest magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0, or the order is below 1.</exception>
    public static GradientClipping ByNorm(double limit, double order = 2) => new NormClipping(limit, order);

    /// <summary>Clamps every entry to ±limit.</summary>
    /// <param name="limit">The largest magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public static GradientClipping ByValue(double limit) => new ValueClipping(limit);

    /// <summary>Replaces the gradients of an update.</summary>
    internal abstract void Apply(Span<ParameterUpdate> updates);

    private protected static void CheckLimit(double limit)
    {
        if (!(limit > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "Gradients are clipped to a limit above 0.");
        }
    }
}
