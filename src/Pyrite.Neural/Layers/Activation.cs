namespace Pyrite;

/// <summary>A function of tensors as a layer, so that it can stand in a <see cref="Sequential"/>.</summary>
/// <param name="function">The function, for example <c>x => x.Relu()</c>.</param>
public sealed class Activation(Func<Tensor, Tensor> function) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => function(x);
}
