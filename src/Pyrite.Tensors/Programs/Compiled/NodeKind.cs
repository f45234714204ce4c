namespace Pyrite.Programs.Compiled;

/// <summary>How an operation of a recorded function is computed.</summary>
internal enum NodeKind
{
    /// <summary>As in eager execution.</summary>
    Other,

    /// <summary>A number from numbers, in registers.</summary>
    Number,

    /// <summary>The sum of equal numbers.</summary>
    Multiple,

    /// <summary>A check of a number.</summary>
    NumberCheck,

    /// <summary>Element by element, in a loop.</summary>
    Loop,

    /// <summary>The sum of all elements, in a loop.</summary>
    Sum,

    /// <summary>Sums of rows, in the order of the kernel.</summary>
    RowSums,

    /// <summary>A check of all elements, in a loop.</summary>
    Check,

    /// <summary>A constant matrix times a vector, whose elements come block by block in a loop.</summary>
    Product,

    /// <summary>The transpose of a constant matrix times the elements of a loop.</summary>
    TransposedProduct,

    /// <summary>An element of an array, as a number.</summary>
    Element,

    /// <summary>Numbers side by side in memory.</summary>
    Numbers,

    /// <summary>Sums of elements at places that are known.</summary>
    Terms,

    /// <summary>A call of the kernel on plain memory.</summary>
    Call,
}
