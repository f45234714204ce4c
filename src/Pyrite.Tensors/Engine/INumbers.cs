namespace Pyrite.Engine;

/// <summary>Takes down operations on single numbers; a number is named by an int.</summary>
internal interface INumbers
{
    /// <summary>A known number.</summary>
    int Constant(double value);

    /// <summary>A number from numbers.</summary>
    /// <param name="operation">Element-wise.</param>
    /// <param name="type">The type of the result.</param>
    /// <param name="inputs">What it is given.</param>
    int Apply<TOperation>(in TOperation operation, DType type, params ReadOnlySpan<int> inputs) where TOperation : struct, IOperation;
}
