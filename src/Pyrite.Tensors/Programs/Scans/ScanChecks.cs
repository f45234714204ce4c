namespace Pyrite.Programs.Scans;

/// <summary>What a scan refuses.</summary>
internal static class ScanChecks
{
    /// <summary>Refuses a carry that is none.</summary>
    public static void Carry(Tensor[] carry)
    {
        if (carry.Length == 0)
        {
            throw new ArgumentException("Scan: the carry has no tensors. Without a carry the rounds have nothing to do with each other: compute "
                + "with the whole arrays.", nameof(carry));
        }
        if (Array.Find(carry, part => !part.DType.IsFloatingPoint || part.DType != carry[0].DType) is { } other)
        {
            throw new ArgumentException($"Scan: the carry must be of one floating-point type; found {carry[0].DType} and {other.DType}. Convert "
                + "with To(DType.Float64).", nameof(carry));
        }
    }

    /// <summary>The number of rounds, which all inputs must agree on.</summary>
    public static int Rounds(Tensor[] inputs)
    {
        if (inputs.Length == 0)
        {
            throw new ArgumentException("Scan: there are no inputs that tell the number of rounds. Pass the number itself.", nameof(inputs));
        }
        if (Array.Find(inputs, input => input.Rank == 0 || input.Shape[0] != inputs[0].Shape[0]) is { } other)
        {
            throw new ArgumentException($"Scan: every input has the rounds along its first axis, all of one size; found shapes {inputs[0].Shape} and "
                + $"{other.Shape}.", nameof(inputs));
        }
        return inputs[0].Shape[0];
    }

    /// <summary>A number of rounds as a scalar.</summary>
    public static Tensor? Count(Tensor? count) => count is null || (count.Shape.Count == 1 && (count.IsWeak || count.DType == DType.Int64))
        ? count?.To(DType.Int64).Reshape(Shape.Scalar)
        : throw new ArgumentException($"Scan: the number of rounds is an Int64 scalar; found {count.DType} of shape {count.Shape}.", nameof(count));

    /// <summary>The error of an operation that cannot be computed in a round, such as the factor of a matrix that is not positive definite.</summary>
    public static ArgumentException InRound(int time, ArgumentException refusal) => new($"Scan, round {time}: {refusal.Message}", refusal);

    /// <summary>Refuses results of a body that cannot go on.</summary>
    public static void Results(Tensor[] carry, Tensor[] next, Tensor[] outputs)
    {
        if (next.Length != carry.Length)
        {
            throw new ArgumentException($"Scan: the carry has {carry.Length} tensors, the body gave {next.Length}; the next round needs as many.");
        }
        for (int i = 0; i < next.Length; i++)
        {
            if (next[i].Shape != carry[i].Shape || next[i].DType != carry[i].DType)
            {
                throw new ArgumentException($"Scan: part {i} of the carry has shape {carry[i].Shape} and type {carry[i].DType}, the body gave "
                    + $"{next[i].Shape} and {next[i].DType}; the next round needs the same. Start with a carry of the full shape.");
            }
        }
        if (Array.Find(outputs, output => output.DType != carry[0].DType) is { } other)
        {
            throw new ArgumentException($"Scan: outputs have the type of the carry, {carry[0].DType}; the body gave {other.DType}. Convert with "
                + $"To(DType.{carry[0].DType}).");
        }
    }
}
