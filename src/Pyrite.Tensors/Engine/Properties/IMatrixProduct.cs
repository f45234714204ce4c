namespace Pyrite.Engine.Properties;

/// <summary>An operation that multiplies two matrices, or batches of them; it is linear in both.</summary>
internal interface IMatrixProduct : IOperation
{
    /// <summary>Whether the first one is transposed.</summary>
    bool TransposeA { get; }

    /// <summary>Whether the second one is transposed.</summary>
    bool TransposeB { get; }
}
