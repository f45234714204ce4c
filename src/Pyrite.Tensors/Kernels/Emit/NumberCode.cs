using System.Reflection;
using System.Reflection.Emit;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Kernels.Emit;

/// <summary>Writes operations on single numbers, operands being on the stack (of a reciprocal, 1 before its operand), to the bits of their
/// kernels.</summary>
internal static class NumberCode
{
    /// <summary>An element-wise operation that has a kernel.</summary>
    /// <param name="il">The method being written.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="element">Float or double.</param>
    public static void Apply(ILGenerator il, IElementwiseOperation operation, Type element)
    {
        switch (operation.Form?.Instruction)
        {
            case VectorInstruction.Add:
                il.Emit(OpCodes.Add);
                break;
            case VectorInstruction.Subtract:
                il.Emit(OpCodes.Sub);
                break;
            case VectorInstruction.Multiply:
                il.Emit(OpCodes.Mul);
                break;
            case VectorInstruction.Divide or VectorInstruction.Reciprocal:
                il.Emit(OpCodes.Div);
                break;
            case VectorInstruction.Negate:
                il.Emit(OpCodes.Neg);
                break;
            case VectorInstruction.Square:
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Mul);
                break;
            case VectorInstruction.Sqrt or VectorInstruction.Abs:
                string root = operation.Form.Instruction == VectorInstruction.Sqrt ? nameof(Math.Sqrt) : nameof(Math.Abs);
                il.Emit(OpCodes.Call, (element == typeof(float) ? typeof(MathF) : typeof(Math)).GetMethod(root, [element])!);
                break;
            case VectorInstruction.Maximum or VectorInstruction.Minimum:
                string extreme = operation.Form.Instruction == VectorInstruction.Maximum ? nameof(Math.Max) : nameof(Math.Min);
                il.Emit(OpCodes.Call, (element == typeof(float) ? typeof(MathF) : typeof(Math)).GetMethod(extreme, [element, element])!);
                break;
            case VectorInstruction.Call when element == typeof(double) && operation.Form is { KeepsBits: true, Function: { } function }
                && typeof(ISimdFunction).IsAssignableFrom(function):
                Type lanes = VectorCode.Width switch { 64 => typeof(Simd512<double>), 32 => typeof(Simd256<double>), _ => typeof(Simd128<double>) };
                il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.Function))!.MakeGenericMethod(function, lanes));
                break;
            default:
                int arguments = operation.Form?.Operands ?? ArgumentsOf(operation.Kernel!);
                MethodInfo open = Array.Find(typeof(EmittedCalls).GetMethods(),
                    method => method.Name == nameof(EmittedCalls.Scalar) && method.GetParameters().Length == arguments)!;
                il.Emit(OpCodes.Call, open.MakeGenericMethod(operation.Kernel!, element));
                break;
        }
    }

    private static int ArgumentsOf(Type kernel) => typeof(ITripleKernel).IsAssignableFrom(kernel) ? 3
        : typeof(IBinaryKernel).IsAssignableFrom(kernel) ? 2 : 1;
}
