using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>What a tensor from outside of a step looks like; its values may change from step to step.</summary>
internal sealed record OutsideSpec(TensorSpec Spec, bool IsWeak)
{
    /// <summary>The look of a tensor.</summary>
    public static OutsideSpec Of(Tensor tensor) => new(new TensorSpec(tensor.Shape, tensor.DType, tensor.Layout), tensor.IsWeak);

    /// <summary>Whether a tensor looks like this.</summary>
    public bool Fits(Tensor tensor) =>
        tensor.DType == Spec.DType && tensor.Layout == Spec.Layout && tensor.IsWeak == IsWeak && tensor.Shape.Equals(Spec.Shape);
}
