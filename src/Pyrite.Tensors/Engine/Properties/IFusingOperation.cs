namespace Pyrite.Engine.Properties;

/// <summary>An operation whose kernel can do something to an element as soon as it is finished: clip it at zero, or put 0 where a mask is not
/// positive.</summary>
internal interface IFusingOperation : IOperation
{
    /// <summary>Whether the kernel can do so.</summary>
    /// <param name="result">What the result looks like.</param>
    /// <param name="isMask">Whether a mask is meant; else clipping at zero.</param>
    bool Fuses(TensorSpec result, bool isMask);

    /// <summary>Computes the result, clipped or masked.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="relu">Whether negative elements become 0.</param>
    /// <param name="mask">Elements become 0 where this, which looks like the result, is not positive; null for none.</param>
    /// <param name="output">Takes the result.</param>
    void Execute(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output);
}
