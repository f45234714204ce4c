using Pyrite.Components;

namespace Pyrite;

/// <summary>A level that moves by random steps.</summary>
/// <param name="scale">The standard deviation of a step; 0 keeps the level constant.</param>
/// <param name="start">The first level, of one state; diffuse if not given.</param>
public sealed class LocalLevel(Tensor scale, InitialState? start = null) : StateSpaceComponent
{
    /// <inheritdoc/>
    public override int StateCount => 1;

    internal override ComponentParts Parts { get; } = ComponentParts.Of(Tensor.Identity(1, DType.Float64),
        ComponentParts.Diagonal(ComponentParts.Squared(scale, nameof(LocalLevel), nameof(scale))), Tensor.Ones([1], DType.Float64), start,
        nameof(LocalLevel));
}
