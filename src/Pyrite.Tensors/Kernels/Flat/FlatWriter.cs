using System.Reflection;
using System.Reflection.Emit;
using Pyrite.Engine;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Flat;

/// <summary>Writes straight-line code for a small program: numbers in registers, short vectors by calls of their kernels.</summary>
internal sealed class FlatWriter
{
    private readonly DynamicMethod method;
    private readonly ILGenerator il;
    private readonly Dictionary<FlatValue, LocalBuilder> numbers = [];
    private readonly Dictionary<int, LocalBuilder> slots = [];

    /// <param name="operations">The object that runs operations without code of their own.</param>
    public FlatWriter(Type operations)
    {
        method = new DynamicMethod("Flat", typeof(void), [operations, typeof(nint)], typeof(FlatWriter).Module, skipVisibility: true);
        il = method.GetILGenerator();
    }

    /// <summary>Whether this platform compiles code at run time.</summary>
    public static bool IsAvailable => RunTimeCode.IsAvailable;

    /// <summary>Loads the address of an outside tensor once, before all else.</summary>
    public void Open(int slot)
    {
        LocalBuilder local = il.DeclareLocal(typeof(nint));
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, slot * nint.Size);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldind_I);
        il.Emit(OpCodes.Stloc, local);
        slots[slot] = local;
    }

    /// <summary>Element-wise function of one argument.</summary>
    public void Map(IElementwiseOperation operation, FlatValue x, FlatValue y, bool isStored)
    {
        if (y.IsNumber)
        {
            if (operation.Form?.Instruction == VectorInstruction.Reciprocal)
            {
                if (y.Type == DType.Float32)
                {
                    il.Emit(OpCodes.Ldc_R4, 1f);
                }
                else
                {
                    il.Emit(OpCodes.Ldc_R8, 1.0);
                }
            }
            PushNumber(x);
            NumberCode.Apply(il, operation, ElementOf(y.Type));
            PopNumber(y, isStored);
            return;
        }
        PushAddress(x);
        PushAddress(y);
        il.Emit(OpCodes.Ldc_I4, y.Count);
        Call(nameof(FlatCalls.Map), 3, operation.Kernel!, ElementOf(y.Type));
    }

    /// <summary>Element-wise function of two arguments, of the same number of elements or single numbers.</summary>
    public void Zip(IElementwiseOperation operation, FlatValue a, FlatValue b, FlatValue y, bool isStored)
    {
        Type element = ElementOf(y.Type);
        if (y.IsNumber)
        {
            PushNumber(a);
            PushNumber(b);
            NumberCode.Apply(il, operation, element);
            PopNumber(y, isStored);
            return;
        }
        string name = b.Count == 1 ? nameof(FlatCalls.ZipRight) : a.Count == 1 ? nameof(FlatCalls.ZipLeft) : nameof(FlatCalls.Zip);
        PushOperand(a);
        PushOperand(b);
        PushAddress(y);
        il.Emit(OpCodes.Ldc_I4, y.Count);
        Call(name, 4, operation.Kernel!, element);
    }

    /// <summary>The sums of rows.</summary>
    public void Sum(FlatValue x, int rows, int count, FlatValue y, bool isStored)
    {
        PushAddress(x);
        if (y.IsNumber)
        {
            il.Emit(OpCodes.Ldc_I4, count);
            Call(nameof(FlatCalls.Sum), 2, ElementOf(y.Type));
            PopNumber(y, isStored);
            return;
        }
        PushAddress(y);
        il.Emit(OpCodes.Ldc_I4, rows);
        il.Emit(OpCodes.Ldc_I4, count);
        Call(nameof(FlatCalls.SumRows), 4, ElementOf(y.Type));
    }

    /// <summary>One number for all elements.</summary>
    public void Spread(FlatValue x, FlatValue y, bool isStored)
    {
        PushNumber(x);
        if (y.IsNumber)
        {
            PopNumber(y, isStored);
            return;
        }
        PushAddress(y);
        il.Emit(OpCodes.Ldc_I4, y.Count);
        Call(nameof(FlatCalls.Spread), 3, ElementOf(y.Type));
    }

    /// <summary>An operation without code of its own.</summary>
    /// <param name="run">Takes the object that runs operations and the number.</param>
    /// <param name="number">Which operation.</param>
    public void Other(MethodInfo run, int number)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, number);
        il.Emit(OpCodes.Call, run);
    }

    /// <summary>Compiles the code.</summary>
    public FlatFunction Compile(object operations)
    {
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<FlatFunction>(operations);
    }

    private static Type ElementOf(DType type) => type == DType.Float32 ? typeof(float) : typeof(double);

    private void Call(string name, int arguments, params Type[] types)
    {
        MethodInfo open =
            typeof(FlatCalls).GetMethods()
                .First(m => m.Name == name && m.GetParameters().Length == arguments && m.GetGenericArguments().Length == types.Length);
        il.Emit(OpCodes.Call, open.MakeGenericMethod(types));
    }

    private void PushOperand(FlatValue value)
    {
        if (value.Count == 1)
        {
            PushNumber(value);
        }
        else
        {
            PushAddress(value);
        }
    }

    private void PushAddress(FlatValue value)
    {
        if (value.Slot >= 0)
        {
            il.Emit(OpCodes.Ldloc, slots[value.Slot]);
            return;
        }
        il.Emit(OpCodes.Ldc_I8, (long)value.Address);
        il.Emit(OpCodes.Conv_I);
    }

    private void PushNumber(FlatValue value)
    {
        if (!numbers.TryGetValue(value, out LocalBuilder? local))
        {
            numbers[value] = local = il.DeclareLocal(ElementOf(value.Type));
            PushAddress(value);
            il.Emit(value.Type == DType.Float32 ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
            il.Emit(OpCodes.Stloc, local);
        }
        il.Emit(OpCodes.Ldloc, local);
    }

    private void PopNumber(FlatValue value, bool isStored)
    {
        LocalBuilder local = numbers[value] = il.DeclareLocal(ElementOf(value.Type));
        il.Emit(OpCodes.Stloc, local);
        if (isStored)
        {
            PushAddress(value);
            il.Emit(OpCodes.Ldloc, local);
            il.Emit(value.Type == DType.Float32 ? OpCodes.Stind_R4 : OpCodes.Stind_R8);
        }
    }
}
