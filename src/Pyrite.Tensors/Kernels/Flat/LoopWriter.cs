using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels;

/// <summary>Writes one loop over the elements of arrays of one length: operations, sums and checks, every array read and written once.</summary>
internal sealed class LoopWriter
{
    private readonly ReplayWriter writer;
    private readonly ILGenerator il;
    private readonly int count;
    private readonly int width = ChainTable.Width;
    private readonly Type operations;
    private readonly Type vector;
    private readonly HashSet<int> singles;
    private readonly Dictionary<int, LocalBuilder> spread = [];
    private readonly LocalBuilder at;

    /// <param name="writer">Whose code it becomes part of.</param>
    /// <param name="count">The elements.</param>
    /// <param name="singles">The operands that are single numbers.</param>
    public LoopWriter(ReplayWriter writer, int count, HashSet<int> singles)
    {
        this.writer = writer;
        this.count = count;
        this.singles = singles;
        il = writer.Il;
        (Type open, operations) = width switch
        {
            64 => (typeof(Vector512<>), typeof(Vector512)),
            32 => (typeof(Vector256<>), typeof(Vector256)),
            _ => (typeof(Vector128<>), typeof(Vector128)),
        };
        vector = open.MakeGenericType(typeof(double));
        at = il.DeclareLocal(typeof(nint));
    }

    /// <summary>Writes the loop.</summary>
    /// <param name="instructions">What is computed, in order.</param>
    /// <param name="stores">Results that must stand in memory.</param>
    /// <param name="sums">Sums of all elements: the source of the sum and of what is summed, and whether the sum must stand in memory.</param>
    /// <param name="verdicts">Checks of all elements.</param>
    /// <param name="tailMask">Where a vector stands whose first lanes, as many as a last partial vector has, are ones.</param>
    public void Write(List<LoopInstruction> instructions, HashSet<int> stores, List<(int Result, int Value, bool IsStored)> sums, List<LoopVerdict> verdicts, ReplayPlace tailMask)
    {
        foreach (int single in singles)
        {
            LocalBuilder local = spread[single] = il.DeclareLocal(vector);
            writer.PushNumber(single);
            il.Emit(OpCodes.Call, Create());
            il.Emit(OpCodes.Stloc, local);
        }
        LocalBuilder[] totals = Cleared(sums.Count), faults = Cleared(verdicts.Count);
        int lanes = width / sizeof(double), whole = count / lanes;
        if (whole == 1)
        {
            Body(0, isLoop: false, isTail: false);
        }
        else if (whole > 1)
        {
            Label body = il.DefineLabel();
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Stloc, at);
            il.MarkLabel(body);
            Body(0, isLoop: true, isTail: false);
            il.Emit(OpCodes.Ldloc, at);
            il.Emit(OpCodes.Ldc_I4, width);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, at);
            il.Emit(OpCodes.Ldloc, at);
            il.Emit(OpCodes.Ldc_I4, whole * width);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Blt, body);
        }
        if (count % lanes > 0)
        {
            Body(whole * width, isLoop: false, isTail: true);
        }
        for (int i = 0; i < sums.Count; i++)
        {
            il.Emit(OpCodes.Ldloc, totals[i]);
            Call("Sum", 1);
            writer.PopNumber(sums[i].Result, sums[i].IsStored);
        }
        for (int i = 0; i < verdicts.Count; i++)
        {
            writer.PushAddressOf(verdicts[i].Result);
            il.Emit(OpCodes.Ldloc, faults[i]);
            Call("ExtractMostSignificantBits", 1);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Stind_I1);
        }

        void Body(int offset, bool isLoop, bool isTail)
        {
            Dictionary<int, LocalBuilder> values = [];
            foreach (LoopInstruction instruction in instructions)
            {
                foreach (int operand in instruction.Operands)
                {
                    Push(operand, values, offset, isLoop);
                }
                if (instruction.Function is { } function)
                {
                    il.Emit(OpCodes.Call, typeof(ReplayCalls).GetMethod($"Apply{8 * width}")!.MakeGenericMethod(function));
                }
                else
                {
                    Emit(instruction.Operation);
                }
                LocalBuilder result = values[instruction.Result] = il.DeclareLocal(vector);
                il.Emit(OpCodes.Stloc, result);
                if (stores.Contains(instruction.Result))
                {
                    il.Emit(OpCodes.Ldloc, result);
                    Address(instruction.Result, offset, isLoop);
                    il.Emit(OpCodes.Call, Generic("Store", m => m.GetParameters()[1].ParameterType.IsPointer));
                }
            }
            for (int i = 0; i < sums.Count; i++)
            {
                Push(sums[i].Value, values, offset, isLoop);
                Mask(isTail);
                il.Emit(OpCodes.Ldloc, totals[i]);
                Call("Add", 2);
                il.Emit(OpCodes.Stloc, totals[i]);
            }
            for (int i = 0; i < verdicts.Count; i++)
            {
                Push(verdicts[i].Value, values, offset, isLoop);
                PushConstant(verdicts[i].Low);
                Call(verdicts[i].LowOpen ? "GreaterThan" : "GreaterThanOrEqual", 2);
                Push(verdicts[i].Value, values, offset, isLoop);
                PushConstant(verdicts[i].High);
                Call(verdicts[i].HighOpen ? "LessThan" : "LessThanOrEqual", 2);
                Call("BitwiseAnd", 2);
                Call("OnesComplement", 1);
                Mask(isTail);
                il.Emit(OpCodes.Ldloc, faults[i]);
                Call("BitwiseOr", 2);
                il.Emit(OpCodes.Stloc, faults[i]);
            }
        }

        void Mask(bool isTail)
        {
            if (isTail)
            {
                writer.PushAddress(tailMask);
                il.Emit(OpCodes.Call, Generic("Load", m => m.GetParameters()[0].ParameterType.IsPointer));
                Call("BitwiseAnd", 2);
            }
        }
    }

    private LocalBuilder[] Cleared(int number)
    {
        LocalBuilder[] locals = new LocalBuilder[number];
        for (int i = 0; i < number; i++)
        {
            locals[i] = il.DeclareLocal(vector);
            Constant("Zero");
            il.Emit(OpCodes.Stloc, locals[i]);
        }
        return locals;
    }

    private void Push(int source, Dictionary<int, LocalBuilder> values, int offset, bool isLoop)
    {
        if (spread.TryGetValue(source, out LocalBuilder? single))
        {
            il.Emit(OpCodes.Ldloc, single);
            return;
        }
        if (!values.TryGetValue(source, out LocalBuilder? local))
        {
            values[source] = local = il.DeclareLocal(vector);
            Address(source, offset, isLoop);
            il.Emit(OpCodes.Call, Generic("Load", m => m.GetParameters()[0].ParameterType.IsPointer));
            il.Emit(OpCodes.Stloc, local);
        }
        il.Emit(OpCodes.Ldloc, local);
    }

    private void Address(int source, int offset, bool isLoop)
    {
        writer.PushAddressOf(source);
        if (offset > 0)
        {
            il.Emit(OpCodes.Ldc_I4, offset);
            il.Emit(OpCodes.Add);
        }
        if (isLoop)
        {
            il.Emit(OpCodes.Ldloc, at);
            il.Emit(OpCodes.Add);
        }
    }

    private void PushConstant(double value)
    {
        il.Emit(OpCodes.Ldc_R8, value);
        il.Emit(OpCodes.Call, Create());
    }

    private void Emit(ChainOperation operation)
    {
        switch (operation)
        {
            case ChainOperation.Maximum:
                Call("Max", 2);
                break;
            case ChainOperation.Minimum:
                Call("Min", 2);
                break;
            case ChainOperation.Square:
                il.Emit(OpCodes.Dup);
                Call("Multiply", 2);
                break;
            case ChainOperation.Reciprocal:
                LocalBuilder divisor = il.DeclareLocal(vector);
                il.Emit(OpCodes.Stloc, divisor);
                Constant("One");
                il.Emit(OpCodes.Ldloc, divisor);
                Call("Divide", 2);
                break;
            case ChainOperation.Relu:
                Constant("Zero");
                Call("Max", 2);
                break;
            case ChainOperation.PositiveOnly:
                Constant("Zero");
                Call("GreaterThan", 2);
                Call("BitwiseAnd", 2);
                break;
            case ChainOperation.Negate or ChainOperation.Abs or ChainOperation.Sqrt:
                Call(operation.ToString(), 1);
                break;
            default:
                Call(operation.ToString(), 2);
                break;
        }
    }

    private void Constant(string name) => il.Emit(OpCodes.Call, vector.GetProperty(name)!.GetMethod!);

    private void Call(string name, int operands) => il.Emit(OpCodes.Call, Generic(
        name, m => m.GetParameters().Length == operands && Array.TrueForAll(m.GetParameters(), p => p.ParameterType.IsGenericType && p.ParameterType.Name == vector.Name)));

    private MethodInfo Create() => Generic("Create", m => m.GetParameters() is [{ ParameterType.IsGenericMethodParameter: true }]);

    private MethodInfo Generic(string name, Func<MethodInfo, bool> fits) =>
        Array.Find(operations.GetMethods(), m => m.Name == name && m.IsGenericMethodDefinition && fits(m))!.MakeGenericMethod(typeof(double));
}
