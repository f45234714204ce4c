namespace Pyrite.Kernels.Code;

/// <summary>What one instruction, or a few, do to vectors in registers; each gives the bits of the operation's kernel.</summary>
internal enum VectorInstruction : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Maximum,
    Minimum,
    Negate,
    Abs,
    Square,
    Sqrt,
    Reciprocal,
    Relu,

    /// <summary>The first operand where the second is positive, else 0.</summary>
    PositiveOnly,

    /// <summary>The first operand where the second is not 0, else 0.</summary>
    NonzeroOnly,

    /// <summary>Comparisons give lanes of ones or zeros, which only <see cref="Select"/> and <see cref="Truth"/> read.</summary>
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,

    /// <summary>The second operand where the first holds, else the third.</summary>
    Select,

    /// <summary>1 where the operand holds, else 0.</summary>
    Truth,

    /// <summary>None of these: a function is called.</summary>
    Call,
}
