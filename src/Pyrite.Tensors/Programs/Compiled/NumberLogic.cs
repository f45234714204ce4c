using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Ops.Conditions;

namespace Pyrite.Programs.Compiled;

/// <summary>Truth values and choices of single numbers in recorded functions: numbers of 0 and 1 in registers, where bounds depend on the
/// arguments.</summary>
internal static class NumberLogic
{
    // Whole numbers that a Float64 number holds exactly.
    private const long Largest = 1L << 53;

    /// <summary>A constant of truth or counting as a number; null where a number does not hold it.</summary>
    public static double? NumberOf(Tensor constant) => constant.DType switch
    {
        DType.Bool => constant.Read<bool>()[0] ? 1 : 0,
        DType.Int64 when constant.Read<long>()[0] is > -Largest and < Largest => constant.Read<long>()[0],
        _ => null,
    };

    /// <summary>The number that all elements of a constant are; null where they differ.</summary>
    public static double? UniformOf(Tensor constant)
    {
        if (constant.DType == DType.Float32)
        {
            ReadOnlySpan<float> singles = constant.Read<float>();
            return singles.Length > 0 && !singles.ContainsAnyExcept(singles[0]) ? singles[0] : null;
        }
        ReadOnlySpan<double> values = constant.Read<double>();
        return values.Length > 0 && !values.ContainsAnyExcept(values[0]) ? values[0] : null;
    }

    /// <summary>Whether numbers of a type hold the bounds of a test exactly, so that elements can be compared with them.</summary>
    public static bool HasBounds(IRangeTest test, DType type) =>
        type == DType.Float64 || ((float)test.Range.Low == test.Range.Low && (float)test.Range.High == test.Range.High);

    /// <summary>Whether an operation on single numbers is one of truth values, of their sums and products, or a choice.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="result">The type of its result.</param>
    /// <param name="first">The type of its first input.</param>
    public static bool IsNumber(object operation, DType result, DType first) => operation is IElementwiseOperation elementwise
        && (elementwise, elementwise.Form?.Instruction) switch
        {
            (_, VectorInstruction.Select) => result.IsFloatingPoint || result == DType.Bool,
            ({ ConvertsTo: not null }, _) => first.IsFloatingPoint
                ? result.IsFloatingPoint || result == DType.Bool
                : first is DType.Bool or DType.Int64 && result is DType.Bool or DType.Int64 or DType.Float64 or DType.Float32,
            (_, VectorInstruction.Multiply or VectorInstruction.Add) => result == DType.Int64,
            _ => RelationOf(elementwise) is not null && first != DType.UInt8,
        };

    /// <summary>The relation that a comparison tests; null for other operations.</summary>
    public static VectorInstruction? RelationOf(IElementwiseOperation operation) =>
        operation is { Form.Instruction: >= VectorInstruction.Greater and <= VectorInstruction.NotEqual and var relation }
            ? relation
            : null;
}
