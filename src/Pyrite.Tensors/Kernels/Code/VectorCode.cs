using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Code;

/// <summary>Writes operations on vectors of one width and element type, operands being on the stack.</summary>
internal sealed class VectorCode
{
    private readonly ILGenerator _il;
    private readonly Type _element;
    private readonly Type _operations;

    /// <param name="il">The method being written.</param>
    /// <param name="element">Float or double.</param>
    public VectorCode(ILGenerator il, Type element)
    {
        _il = il;
        _element = element;
        (Type open, _operations) = Width switch
        {
            64 => (typeof(Vector512<>), typeof(Vector512)),
            32 => (typeof(Vector256<>), typeof(Vector256)),
            _ => (typeof(Vector128<>), typeof(Vector128)),
        };
        Vector = open.MakeGenericType(element);
    }

    /// <summary>Bytes of a vector: 64, 32 or 16.</summary>
    public static readonly int Width = InstructionSet.VectorBits / 8;

    /// <summary>Whether loops over vectors can be compiled at run time.</summary>
    public static readonly bool IsAvailable = RunTimeCode.IsAvailable && Vector128.IsHardwareAccelerated;

    /// <summary>The vector type.</summary>
    public Type Vector { get; }

    /// <summary>An element-wise operation.</summary>
    public void Apply(ElementwiseForm form)
    {
        if (form.Function is { } function)
        {
            _il.Emit(OpCodes.Call, SimdCall.Of(function, form.Operands, _element, Width));
        }
        else
        {
            Apply(form.Instruction);
        }
    }

    /// <summary>One instruction.</summary>
    public void Apply(VectorInstruction operation)
    {
        switch (operation)
        {
            case VectorInstruction.Maximum:
                Call("Max", 2);
                break;
            case VectorInstruction.Minimum:
                Call("Min", 2);
                break;
            case VectorInstruction.Square:
                _il.Emit(OpCodes.Dup);
                Call("Multiply", 2);
                break;
            case VectorInstruction.Reciprocal:
                LocalBuilder divisor = _il.DeclareLocal(Vector);
                _il.Emit(OpCodes.Stloc, divisor);
                Constant("One");
                _il.Emit(OpCodes.Ldloc, divisor);
                Call("Divide", 2);
                break;
            case VectorInstruction.Relu:
                Constant("Zero");
                Call("Max", 2);
                break;
            case VectorInstruction.PositiveOnly:
                Constant("Zero");
                Call("GreaterThan", 2);
                Call("BitwiseAnd", 2);
                break;
            case VectorInstruction.NonzeroOnly:
                Constant("Zero");
                Call("Equals", 2);
                Call("AndNot", 2);
                break;
            case VectorInstruction.Greater:
                Call("GreaterThan", 2);
                break;
            case VectorInstruction.GreaterOrEqual:
                Call("GreaterThanOrEqual", 2);
                break;
            case VectorInstruction.Equal:
                Call("Equals", 2);
                break;
            case VectorInstruction.NotEqual:
                Call("Equals", 2);
                Call("OnesComplement", 1);
                break;
            case VectorInstruction.Select:
                Call("ConditionalSelect", 3);
                break;
            case VectorInstruction.Truth:
                Constant("One");
                Call("BitwiseAnd", 2);
                break;
            case VectorInstruction.Negate or VectorInstruction.Abs or VectorInstruction.Sqrt:
                Call(operation.ToString(), 1);
                break;
            default:
                Call(operation.ToString(), 2);
                break;
        }
    }

    /// <summary>A vector of one constant, by the name of its property.</summary>
    public void Constant(string name) => _il.Emit(OpCodes.Call, Vector.GetProperty(name)!.GetMethod!);

    /// <summary>Loads from the address on the stack.</summary>
    public void Load() => _il.Emit(OpCodes.Call, Generic("Load", method => method.GetParameters()[0].ParameterType.IsPointer));

    /// <summary>Stores to the address on the stack.</summary>
    public void Store() => _il.Emit(OpCodes.Call, Generic("Store", method => method.GetParameters()[1].ParameterType.IsPointer));

    /// <summary>Loads truth values from the address on the stack.</summary>
    public void LoadTruths() => _il.Emit(OpCodes.Call, typeof(TruthVectors).GetMethod(nameof(TruthVectors.Load))!.MakeGenericMethod(Vector));

    /// <summary>Stores truth values to the address on the stack.</summary>
    public void StoreTruths() => _il.Emit(OpCodes.Call, typeof(TruthVectors).GetMethod(nameof(TruthVectors.Store))!.MakeGenericMethod(Vector));

    /// <summary>One number in all lanes.</summary>
    public void Spread() =>
        _il.Emit(OpCodes.Call, Generic("Create", method => method.GetParameters() is [{ ParameterType.IsGenericMethodParameter: true }]));

    /// <summary>Calls an operation all of whose operands are vectors.</summary>
    public void Call(string name, int operands) => _il.Emit(OpCodes.Call, Generic(
        name,
            method =>
                method.GetParameters().Length == operands
                    && Array.TrueForAll(method.GetParameters(), p => p.ParameterType.IsGenericType && p.ParameterType.Name == Vector.Name)));

    private MethodInfo Generic(string name, Func<MethodInfo, bool> fits) =>
        Array.Find(_operations.GetMethods(), method => method.Name == name && method.IsGenericMethodDefinition && fits(method))!
            .MakeGenericMethod(_element);
}
