using Pyrite.Engine.Properties;
using Pyrite.Kernels.Code;

namespace Pyrite.Programs.Compiled;

/// <summary>A product of a constant matrix and a vector that depends on arguments, and which side of the matrix the vector stands on.</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Vector">The source of the vector.</param>
/// <param name="SummedAxis">The axis of the matrix that is summed over.</param>
/// <param name="LoopAxis">The axis that a loop over the matrix runs along; the one that is kept unless another product says otherwise.</param>
internal readonly record struct ProductSide(Tensor Matrix, int Vector, int SummedAxis, int LoopAxis)
{
    /// <summary>Whether the vector's elements go along with the loop.</summary>
    public bool IsTransposed => SummedAxis == LoopAxis;

    /// <summary>The elements of the loop.</summary>
    public int Rows => Matrix.Shape[LoopAxis];

    /// <summary>The matrix's columns, seen from the loop.</summary>
    public int Columns => Matrix.Shape[1 - LoopAxis];

    /// <summary>The product that a node computes; null if it is none.</summary>
    public static ProductSide? Of(RecordedProgram program, int node)
    {
        RecordedNode operation = program.Node(node);
        return operation.Spec.DType != DType.Float64 ? null : operation.Boxed switch
        {
            IMatrixProduct product when operation.Inputs.Length == 2 && operation.Spec.Shape.Rank == 2 => OfProduct(program, operation, product),
            IReduction sum => OfSum(program, operation, sum),
            _ => null,
        };
    }

    /// <summary>Whether another product has the same matrix.</summary>
    public bool IsOfMatrix(Tensor matrix) => Matrix.Shape == matrix.Shape && Matrix.IsView(matrix);

    private static ProductSide? OfProduct(RecordedProgram program, RecordedNode operation, IMatrixProduct product)
    {
        for (int input = 0; input < 2; input++)
        {
            int matrix = operation.Inputs[input], vector = operation.Inputs[1 - input];
            if (!program.Depends(matrix) && program.Depends(vector) && operation.Spec.Shape[1 - input] == 1)
            {
                bool isTransposed = input == 0 ? product.TransposeA : product.TransposeB;
                int summed = isTransposed ? input : 1 - input;
                return new ProductSide(program.Constant(matrix), vector, summed, 1 - summed);
            }
        }
        return null;
    }

    /// <summary>A sum along one axis of a matrix times a vector that is repeated along the other.</summary>
    private static ProductSide? OfSum(RecordedProgram program, RecordedNode operation, IReduction sum)
    {
        int terms = program.MemoryOf(operation.Inputs[0]);
        if ((sum.Inner == 1) == (sum.Outer == 1) || terms < 0 || program.Node(terms) is not { Form.Instruction: VectorInstruction.Multiply } multiply)
        {
            return null;
        }
        Shape shape = sum.Inner == 1 ? [sum.Outer, sum.Reduced] : [sum.Reduced, sum.Inner];
        int summed = sum.Inner == 1 ? 1 : 0;
        for (int input = 0; input < 2; input++)
        {
            int matrix = multiply.Inputs[input], factor = multiply.Inputs[1 - input];
            if (multiply.Spec.Shape == shape && !program.Depends(matrix) && program.Depends(factor) && program.SpecOf(matrix).Shape == shape
                && Along(program, factor, shape, summed) is { } vector)
            {
                return new ProductSide(program.Constant(matrix), vector, summed, 1 - summed);
            }
        }
        return null;
    }

    /// <summary>The vector that a factor repeats for each place of the axis that is kept; null if it is something else.</summary>
    private static int? Along(RecordedProgram program, int factor, Shape shape, int summed)
    {
        if (IsAlong(program.SpecOf(factor).Shape, shape, summed, shape))
        {
            return factor;
        }
        int repeated = program.MemoryOf(factor);
        if (repeated < 0 || program.SpecOf(factor).Shape != shape || program.Node(repeated) is not { Boxed: ICopyOperation copy } node)
        {
            return null;
        }
        Shape own = program.SpecOf(node.Inputs[0]).Shape;
        return copy.IsBroadcast(own) && IsAlong(own, node.Spec.Shape, summed, shape) ? node.Inputs[0] : null;
    }

    /// <summary>Whether a shape, broadcast to another that holds a matrix row by row, goes along one axis of the matrix alone.</summary>
    private static bool IsAlong(Shape own, Shape target, int axis, Shape matrix)
    {
        if (own.Count != matrix[axis] || own.Rank > target.Rank)
        {
            return false;
        }
        // The elements that a step along an axis of the target passes tell whether it stays in a row of the matrix, or goes from row to row.
        long passed = 1;
        for (int i = 1; i <= target.Rank; i++)
        {
            int size = i <= own.Rank ? own[^i] : 1;
            bool fits = axis == 1 ? passed * size <= matrix[1] : passed % matrix[1] == 0;
            if (size != 1 && (size != target[^i] || !fits))
            {
                return false;
            }
            passed *= target[^i];
        }
        return passed == matrix.Count;
    }
}
