namespace Pyrite;

/// <summary>A module that maps one tensor to one tensor, so that it can stand in a <c>Sequential</c>.</summary>
public abstract class Layer : Module
{
    /// <summary>The output for an input.</summary>
    public abstract Tensor Forward(Tensor x);
}
