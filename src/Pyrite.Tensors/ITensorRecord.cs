namespace Pyrite;

/// <summary>A record of tensors that <see cref="Scan"/> may carry, read and give: it can be taken apart and put together again.</summary>
/// <example>
/// <code>
/// sealed record Position(Tensor X, Tensor Velocity) : ITensorRecord
/// {
///     public Tensor[] ToTensors() => [X, Velocity];
///     public ITensorRecord FromTensors(Tensor[] tensors) => new Position(tensors[0], tensors[1]);
/// }
/// </code>
/// </example>
public interface ITensorRecord
{
    /// <summary>The tensors, always as many and in one order.</summary>
    Tensor[] ToTensors();

    /// <summary>A record of the same kind with other tensors.</summary>
    /// <param name="tensors">As many as <see cref="ToTensors"/> gives, in the same order.</param>
    ITensorRecord FromTensors(Tensor[] tensors);
}
