using Pyrite.Checks;

namespace Pyrite;

/// <summary>The rational quadratic kernel (1 + r²/(2 alpha))^-alpha: many lengthscales at once.</summary>
/// <remarks>Rasmussen and Williams 2006, equation 4.19. For large alpha it is <see cref="Rbf"/>.</remarks>
public sealed class RationalQuadratic : StationaryKernel
{
    private readonly Tensor power;

    /// <summary>Makes the kernel.</summary>
    /// <param name="lengthscale">Positive: a scalar for all columns, or [.., columns] with one for each.</param>
    /// <param name="alpha">Positive: how alike the lengthscales are; a scalar or [batch].</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">A parameter is not positive.</exception>
    public RationalQuadratic(Tensor lengthscale, Tensor alpha, IReadOnlyList<int>? dims = null)
        : base(lengthscale, dims)
    {
        Alpha = ParameterCheck.RequirePositive(Name, "alpha", alpha);
        power = Spread(alpha);
    }

    /// <summary>How alike the lengthscales are.</summary>
    public Tensor Alpha { get; }

    /// <inheritdoc/>
    protected override Tensor OfSquaredDistance(Tensor squaredDistance) => (-power * (squaredDistance / (2 * power)).Log1p()).Exp();
}
