using Pyrite.Checks;
using Pyrite.Functions;

namespace Pyrite;

/// <summary>A periodic process as a weighted sum of waves: the series of the <see cref="Periodic"/> kernel up to an order.</summary>
/// <remarks>
/// variance · exp(-2 sin²(π d / period) / l²) = Σ qⱼ² cos(2π j d / period) with q₀² = v e^(-z) I₀(z), qⱼ² = 2 v e^(-z) Iⱼ(z) and z = 1/l² (Solin and
/// Särkkä,
/// "Explicit link between periodic covariance functions and state space models", 2014). It holds at all places; there is no box.
/// </remarks>
public sealed class PeriodicHilbertProcess
{
    /// <summary>Makes the process.</summary>
    /// <param name="kernel">The periodic kernel, with one lengthscale and one period.</param>
    /// <param name="order">The highest wave, 1 or more: it repeats that many times in a period.</param>
    /// <param name="variance">The variance before the kernel; 1 if not given.</param>
    /// <exception cref="ArgumentException">The kernel has several lengthscales or periods, or the variance is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is below 1.</exception>
    public PeriodicHilbertProcess(Periodic kernel, int order, Tensor? variance = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (kernel.Lengthscale.Count != 1 || kernel.Period.Count != 1)
        {
            throw new ArgumentException(
                $"PeriodicHilbertProcess: one lengthscale and one period are needed; found {kernel.Lengthscale.Shape} and {kernel.Period.Shape}.",
                nameof(kernel));
        }
        (Kernel, Order) = (kernel, order);
        Variance = ParameterCheck.RequireNonNegative(nameof(PeriodicHilbertProcess), nameof(variance), variance ?? 1);
    }

    /// <summary>The kernel that is approximated.</summary>
    public Periodic Kernel { get; }

    /// <summary>The highest wave.</summary>
    public int Order { get; }

    /// <summary>The variance before the kernel.</summary>
    public Tensor Variance { get; }

    /// <summary>qⱼ² for the waves from 0 to <see cref="Order"/>, [order + 1].</summary>
    public Tensor SquaredWeights()
    {
        Tensor argument = (1 / Kernel.Lengthscale.Reshape(Shape.Scalar).Square()).To(DType.Float64);
        Tensor bessel = Tensor.Apply(new ScaledBesselSequence(Order + 1), argument);
        double[] twice = [1, .. Enumerable.Repeat(2.0, Order)];
        return Variance * Tensor.From(twice) * bessel;
    }

    /// <summary>cos(2π j x / period) of the waves at places, [n, order + 1].</summary>
    /// <param name="x">[n] or [n, 1].</param>
    public Tensor Cosines(Tensor x) => Phases(x).Cos();

    /// <summary>sin(2π j x / period), [n, order + 1]; the first column is 0.</summary>
    /// <param name="x">[n] or [n, 1].</param>
    public Tensor Sines(Tensor x) => Phases(x).Sin();

    /// <summary>The approximate covariance between places, [n, n].</summary>
    /// <param name="x">[n] or [n, 1].</param>
    public Tensor Gram(Tensor x)
    {
        (Tensor cosines, Tensor sines, Tensor weights) = (Cosines(x), Sines(x), SquaredWeights());
        return (cosines * weights).MatMul(cosines.Transpose()) + (sines * weights).MatMul(sines.Transpose());
    }

    /// <summary>States the values of the process at some places as a latent of the model, for likelihoods of any kind.</summary>
    /// <param name="name">Of the values; inference moves the site <c>name.white</c>, standard normal [2, order + 1].</param>
    /// <param name="x">[n] or [n, 1].</param>
    /// <returns>[n], a deterministic site.</returns>
    public Tensor Latent(string name, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(name);
        Tensor scale = SquaredWeights().Clamp(low: double.Epsilon * 1e16).Sqrt();
        Tensor white = Primitives.Sample(name + ".white", new Normal(Tensor.Zeros([2, Order + 1], DType.Float64), 1).ToEvent(2));
        Tensor weights = scale * white;
        Tensor values = Cosines(x).MatMul(weights.Select(0, 0).Unsqueeze(-1)) + Sines(x).MatMul(weights.Select(0, 1).Unsqueeze(-1));
        return Primitives.Deterministic(name, values.Squeeze(-1), eventDimensions: 1);
    }

    private Tensor Phases(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor rows = Places.Wide(x);
        return rows.Rank == 2 && rows.Shape[1] == 1
            ? rows * (2 * Math.PI * Tensor.Range(Order + 1).To(DType.Float64) / Kernel.Period.Reshape(Shape.Scalar))
            : throw new ArgumentException($"PeriodicHilbertProcess: places [n] or [n, 1] are needed; found {x.Shape}.", nameof(x));
    }
}
