using Pyrite.Kernels;
using Pyrite.Ops;

namespace Pyrite.Programs;

/// <summary>Which operations chains know.</summary>
internal static class ChainSelection
{
    /// <summary>The chain's operation with the same bits; null for others.</summary>
    public static ChainOperation? OperationOf(object operation) => operation switch
    {
        Zip<AddKernel> => ChainOperation.Add,
        Zip<SubtractKernel> => ChainOperation.Subtract,
        Zip<MultiplyKernel> => ChainOperation.Multiply,
        Zip<DivideKernel> => ChainOperation.Divide,
        Zip<MaximumKernel> => ChainOperation.Maximum,
        Zip<MinimumKernel> => ChainOperation.Minimum,
        Zip<ReluMaskKernel> => ChainOperation.PositiveOnly,
        Zip<NonzeroMaskKernel> => ChainOperation.NonzeroOnly,
        Map<NegateKernel> => ChainOperation.Negate,
        Map<AbsKernel> => ChainOperation.Abs,
        Map<SquareKernel> => ChainOperation.Square,
        Map<SqrtKernel> => ChainOperation.Sqrt,
        Map<ReciprocalKernel> => ChainOperation.Reciprocal,
        Map<ReluKernel> => ChainOperation.Relu,
        Compare<GreaterKernel> => ChainOperation.Greater,
        Compare<GreaterOrEqualKernel> => ChainOperation.GreaterOrEqual,
        Compare<EqualKernel> => ChainOperation.Equal,
        Compare<NotEqualKernel> => ChainOperation.NotEqual,
        Choice.WhereOperation => ChainOperation.Select,
        Casting.CastOperation { Type: DType.Float32 or DType.Float64 } => ChainOperation.Truth,
        _ => null,
    };
}
