namespace Pyrite.Engine;

/// <summary>An operation that may read a part of its input alone, so that its gradient counts at those places alone.</summary>
internal interface IPartOperation : IOperation
{
    /// <summary>The gradient as it stands at the places that were read; null where the operation reads everything.</summary>
    /// <param name="upstream">The gradient of the result.</param>
    /// <param name="input">The shape of the input.</param>
    GradientPart? Part(Tensor upstream, Shape input);
}
