namespace Pyrite.Layers.Attention;

/// <summary>Checks and the sub-layer that all transformer layers share.</summary>
internal static class FeedForward
{
    /// <summary>second(dropout(activation(first(x)))).</summary>
    public static Tensor Apply(Linear first, Linear second, Dropout dropout, Func<Tensor, Tensor> activation, Tensor x) =>
        second.Forward(dropout.Forward(activation(first.Forward(x))));
}
