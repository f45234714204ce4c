using Pyrite.Checks;

namespace Pyrite;

/// <summary>A process as a weighted sum of functions: the Hilbert-space approximation, in time linear in the number of places.</summary>
/// <remarks>
/// f(x) = Σ √S(ωⱼ) φⱼ(x) zⱼ with standard normal z and the kernel's spectral density S (Solin and Särkkä 2020; Riutort-Mayol, Bürkner, Andersen,
/// Solin
/// and Vehtari, "Practical Hilbert space approximate Bayesian Gaussian processes for probabilistic programming", 2022). Good for smooth kernels in
/// one or two
/// columns; <see cref="Suggest{TKernel}"/> says how many functions and which box a lengthscale needs. Places outside of the box are refused.
/// </remarks>
public sealed class HilbertGaussianProcess
{
    /// <summary>Makes the process of a basis that is there.</summary>
    /// <param name="kernel">Stationary, with a spectral density.</param>
    /// <param name="basis">The functions.</param>
    /// <exception cref="ArgumentException">There are more functions than rows in the data around which the box was laid.</exception>
    public HilbertGaussianProcess(Kernel kernel, HilbertBasis basis)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(basis);
        if (basis.Box.Rows < basis.Count)
        {
            throw new ArgumentException(
                $"HilbertGaussianProcess: {basis.Count} functions were asked for data of {basis.Box.Rows} rows, for which the exact "
                    + $"GaussianProcess is cheaper. "
                    + "Take fewer functions, or give the box by centre and half width to have it anyway.", nameof(basis));
        }
        (Kernel, Basis) = (kernel, basis);
    }

    /// <summary>Makes the process and its basis.</summary>
    /// <param name="kernel">Stationary, with a spectral density.</param>
    /// <param name="counts">How many functions in each column.</param>
    /// <param name="box">Where they live.</param>
    /// <exception cref="ArgumentException">Counts do not fit the box, or there are more functions than rows in the data around which it was
    /// laid.</exception>
    public HilbertGaussianProcess(Kernel kernel, IReadOnlyList<int> counts, HilbertBox box)
        : this(kernel, new HilbertBasis(counts, box))
    {
    }

    /// <summary>The covariance function that is approximated.</summary>
    public Kernel Kernel { get; }

    /// <summary>The functions.</summary>
    public HilbertBasis Basis { get; }

    /// <summary>How many functions, and how large a box, a process needs.</summary>
    /// <param name="x">The places, [n, columns] or [n]: of the data and of predictions.</param>
    /// <param name="shortest">The shortest lengthscale that should be caught, in all columns.</param>
    /// <param name="longest">The longest.</param>
    /// <typeparam name="TKernel"><see cref="Rbf"/>, <see cref="Matern52"/> or <see cref="Matern32"/>.</typeparam>
    /// <remarks>The rules of Riutort-Mayol and others 2022, section 4.2.1, for each column: c ≥ 3.2 (4.1, 4.5) times the longest lengthscale over
    /// half of the
    /// range and at least 1.2, m ≥ 1.75 (2.65, 3.42) c times half of the range over the shortest. The factor is the largest of the columns.</remarks>
    /// <exception cref="ArgumentException">Lengthscales are not positive and in order, or all places are the same.</exception>
    /// <exception cref="NotSupportedException">There is no rule for the kernel.</exception>
    public static HilbertSuggestion Suggest<TKernel>(Tensor x, double shortest, double longest)
        where TKernel : StationaryKernel
    {
        if (!(shortest > 0 && shortest <= longest && double.IsFinite(longest)))
        {
            throw new ArgumentException(
                $"HilbertGaussianProcess: a shortest and a longest lengthscale, positive and in this order, are needed; found "
                    + $"{ParameterCheck.Number(shortest)} and {ParameterCheck.Number(longest)}.", nameof(shortest));
        }
        (double ofBox, double ofCount) = typeof(TKernel) == typeof(Rbf) ? (3.2, 1.75)
            : typeof(TKernel) == typeof(Matern52) ? (4.1, 2.65)
            : typeof(TKernel) == typeof(Matern32) ? (4.5, 3.42)
            : throw new NotSupportedException($"There is no published rule for {typeof(TKernel).Name}; there are rules for Rbf, Matern52 and "
                + $"Matern32.");
        // The box of factor 2 has half of the range, twice.
        double[] halfRanges = [.. HilbertBox.Around(x, factor: 2).HalfWidth.Select(width => 0.5 * width)];
        double factor = halfRanges.Max(half => Math.Max(1.2, ofBox * longest / half));
        return new HilbertSuggestion([.. halfRanges.Select(half => (int)Math.Ceiling(ofCount * factor * half / shortest))], factor);
    }

    /// <summary>√S(ω) of each function: the scale of its weight, [.., functions].</summary>
    /// <exception cref="NotSupportedException">The kernel has no spectral density.</exception>
    public Tensor SqrtSpectralDensity() => (0.5 * Kernel.LogSpectralDensity(Basis.Frequencies)).Exp();

    /// <summary>The approximate covariance Φ diag(S) Φᵀ between places, [.., n, n].</summary>
    /// <param name="x">[n, columns] or [n]; inside the box.</param>
    public Tensor Gram(Tensor x)
    {
        Tensor scaled = Basis.At(x) * SqrtSpectralDensity().Unsqueeze(-2);
        return scaled.MatMul(scaled.Transpose());
    }

    /// <summary>The process as a distribution over noisy observations, with the weights integrated out: Gaussian, of low rank.</summary>
    /// <param name="x">[n, columns] or [n]; inside the box.</param>
    /// <param name="noiseVariance">Positive; a scalar or [n].</param>
    /// <param name="mean">A number, a tensor or a function of places; 0 if not given.</param>
    /// <returns>Of event shape [n]; its log-density takes time n m² for m functions.</returns>
    public LowRankMultivariateNormal Observations(Tensor x, Tensor noiseVariance, MeanFunction? mean = null)
    {
        ArgumentNullException.ThrowIfNull(noiseVariance);
        Tensor functions = Basis.At(x);
        Tensor loc = (mean ?? 0).At(x).To(DType.Float64);
        return new LowRankMultivariateNormal(loc, functions * SqrtSpectralDensity().Unsqueeze(-2),
            noiseVariance.To(DType.Float64).BroadcastTo(Shape.Broadcast(noiseVariance.Shape, [functions.Shape[0]])));
    }

    /// <summary>States the weights of the functions as latents of the model: <c>functions.MatMul(process.Weights("f").Unsqueeze(-1))</c> with
    /// functions
    /// computed once, <c>basis.At(x)</c>, are the values of the process.</summary>
    /// <param name="name">Of the weights; inference moves the site <c>name.white</c>, standard normal.</param>
    /// <returns>[functions], a deterministic site.</returns>
    public Tensor Weights(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Tensor scale = SqrtSpectralDensity();
        Tensor white = Primitives.Sample(name + ".white", new Normal(Tensor.Zeros(scale.Shape, DType.Float64), 1).ToEvent(1));
        return Primitives.Deterministic(name, scale * white, eventDimensions: 1);
    }

    /// <summary>States the values of the process at some places as a latent of the model, for likelihoods of any kind.</summary>
    /// <param name="name">Of the values; inference moves the site <c>name.white</c>, standard normal.</param>
    /// <param name="x">[n, columns] or [n]; inside the box. For many places compute the functions once and use <see cref="Weights"/>.</param>
    /// <returns>[n], a deterministic site.</returns>
    public Tensor Latent(string name, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(name);
        Tensor scale = SqrtSpectralDensity();
        Tensor white = Primitives.Sample(name + ".white", new Normal(Tensor.Zeros(scale.Shape, DType.Float64), 1).ToEvent(1));
        return Primitives.Deterministic(name, Basis.At(x).MatMul((scale * white).Unsqueeze(-1)).Squeeze(-1), eventDimensions: 1);
    }
}
