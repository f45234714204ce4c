using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Code;

/// <summary>How an element-wise operation is computed in registers, lane by lane: by one instruction, or by a function of vectors. An operation that
/// has one runs inside the loops of steps and of densities.</summary>
/// <param name="Instruction">The instruction; <see cref="VectorInstruction.Call"/> for a function.</param>
/// <param name="Function">An <see cref="ISimdFunction"/>, <see cref="ISimdPairFunction"/> or <see cref="ISimdTripleFunction"/>; null for an
/// instruction.</param>
/// <param name="Operands">How many of the operation's first inputs it reads.</param>
/// <param name="HasSingle">Whether it computes Float32 lanes; a function of Float64 lanes alone runs in densities and Float64 steps.</param>
/// <param name="KeepsBits">Whether its bits are those of the operation's kernel; where they are not, densities alone use it.</param>
internal sealed record ElementwiseForm(VectorInstruction Instruction, Type? Function, int Operands, bool HasSingle = true, bool KeepsBits = true)
{
    /// <summary>The form of one instruction.</summary>
    public static ElementwiseForm Of(VectorInstruction instruction) => new(instruction, null, instruction switch
    {
        VectorInstruction.Select => 3,
        >= VectorInstruction.Negate and <= VectorInstruction.Relu or VectorInstruction.Truth => 1,
        _ => 2,
    });

    /// <summary>The form of a function of one argument.</summary>
    public static ElementwiseForm OfFunction<TFunction>() where TFunction : struct, ISimdFunction =>
        new(VectorInstruction.Call, typeof(TFunction), 1);

    /// <summary>The form of a function of one argument that is computed in Float64 whatever the element type.</summary>
    public static ElementwiseForm OfDouble<TFunction>() where TFunction : struct, IDoubleFunction =>
        new(VectorInstruction.Call, typeof(WideMap.Function<TFunction>), 1, HasSingle: false);

    /// <summary>The form of a function of two arguments.</summary>
    public static ElementwiseForm OfPair<TFunction>() where TFunction : struct, ISimdPairFunction =>
        new(VectorInstruction.Call, typeof(TFunction), 2, TFunction.HasSingle);

    /// <summary>The form of a function of three arguments.</summary>
    public static ElementwiseForm OfTriple<TFunction>() where TFunction : struct, ISimdTripleFunction =>
        new(VectorInstruction.Call, typeof(TFunction), 3, HasSingle: false);

    /// <summary>Whether it gives truth values.</summary>
    public bool IsComparison => Instruction is >= VectorInstruction.Greater and <= VectorInstruction.NotEqual;

    /// <summary>Whether its first operand is a truth value.</summary>
    public bool ReadsTruth => Instruction is VectorInstruction.Select or VectorInstruction.Truth;

    /// <summary>The number that leaves the other one of two operands as it is; null for none.</summary>
    /// <param name="operand">The place of the number.</param>
    public double? Neutral(int operand) => (Instruction, operand) switch
    {
        (VectorInstruction.Multiply, _) => 1,
        (VectorInstruction.Divide, 1) => 1,
        (VectorInstruction.Subtract, 1) => 0,
        _ => null,
    };

    /// <summary>Whether loops of a step may use it for elements of a type.</summary>
    public bool FitsSteps(DType type) => KeepsBits && (type == DType.Float64 || (type == DType.Float32 && HasSingle));
}
