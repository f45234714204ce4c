using Pyrite.Kernels.Random;
using Pyrite.Ops.Random;

namespace Pyrite;

/// <summary>Draws of a <see cref="RandomKey"/> with parameters, from which families of distributions are made.</summary>
/// <remarks>Element i depends on the key and i alone. Parameters broadcast to the shape. Unless it says otherwise, a draw has no gradient.</remarks>
public static class RandomDraws
{
    extension(RandomKey key)
    {
        /// <summary>Normal numbers about one location with one scale, in a single pass.</summary>
        /// <param name="loc">The mean: a single number that is not tracked for gradients.</param>
        /// <param name="scale">The standard deviation: likewise.</param>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64.</param>
        /// <exception cref="ArgumentException">A parameter has more than one element, or is tracked: compute loc + scale *
        /// key.Normal(shape).</exception>
        public Tensor Normal(Tensor loc, Tensor scale, Shape shape, DType type) =>
            loc.Count == 1 && scale.Count == 1 && !loc.RequiresGradient && !scale.RequiresGradient
                ? ScaledNormalOperation.Of(key, loc, scale, shape, type)
                : throw new ArgumentException(
                    $"Normal draws about one location needed two single numbers without gradients; found shapes {loc.Shape} and {scale.Shape}. "
                        + "Compute loc + scale * key.Normal(shape).");

        /// <summary>Poisson counts.</summary>
        /// <param name="rate">The mean; 0 or more.</param>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64.</param>
        /// <remarks>Inversion where few are expected, else Hörmann's transformed rejection (1993).</remarks>
        public Tensor Poisson(Tensor rate, Shape shape, DType type) => ProposalOperation<PoissonKernel>.Of(key, "poisson draw", rate, shape, type);

        /// <summary>Gamma numbers of rate 1, differentiable in the concentration; at least the smallest normal number.</summary>
        /// <param name="concentration">The shape parameter; positive.</param>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64.</param>
        /// <remarks>Marsaglia and Tsang's method (2000); gradients are implicit (Figurnov et al., 2018).</remarks>
        public Tensor Gamma(Tensor concentration, Shape shape, DType type) => StandardGamma.Draw(key, concentration, shape, type);

        /// <summary>The logarithms of Gamma numbers of rate 1, differentiable in the concentration; also of draws that underflow.</summary>
        /// <param name="concentration">The shape parameter; positive.</param>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64.</param>
        public Tensor LogGamma(Tensor concentration, Shape shape, DType type) => StandardGamma.LogDraw(key, concentration, shape, type);

        /// <summary>Int64 categories, by inversion of one uniform number each.</summary>
        /// <param name="chances">The probabilities of the categories along the last axis, which add up to 1.</param>
        /// <param name="shape">The sizes, to which the other axes broadcast.</param>
        public Tensor Category(Tensor chances, Shape shape) => CategoryDraw.Of(key, chances, shape);

        /// <summary>Numbers drawn by a rule of your own, each from uniform numbers of its own.</summary>
        /// <param name="first">The rule's first parameter.</param>
        /// <param name="second">The rule's second parameter; any number where it needs none.</param>
        /// <param name="shape">The sizes, to which the parameters broadcast.</param>
        /// <param name="type">Float32 or Float64.</param>
        /// <typeparam name="TRule">The rule.</typeparam>
        public Tensor Draw<TRule>(Tensor first, Tensor second, Shape shape, DType type) where TRule : struct, IDrawRule =>
            DrawOperation<TRule>.Of(key, first, second, shape, type);
    }
}
