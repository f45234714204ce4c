using System.Reflection.Emit;

namespace Pyrite.Kernels;

/// <summary>Writes one loop over the elements of arrays of one length: operations, sums and checks, every array read and written once.</summary>
internal sealed class LoopWriter
{
    private readonly ReplayWriter writer;
    private readonly ILGenerator il;
    private readonly int count;
    private readonly int width = ChainTable.Width;
    private readonly VectorCode vectors;
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
        vectors = new VectorCode(il, typeof(double), width);
        vector = vectors.Vector;
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
            vectors.Spread();
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
            vectors.Call("Sum", 1);
            writer.PopNumber(sums[i].Result, sums[i].IsStored);
        }
        for (int i = 0; i < verdicts.Count; i++)
        {
            writer.PushAddressOf(verdicts[i].Result);
            il.Emit(OpCodes.Ldloc, faults[i]);
            vectors.Call("ExtractMostSignificantBits", 1);
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
                    vectors.Operation(instruction.Operation);
                }
                LocalBuilder result = values[instruction.Result] = il.DeclareLocal(vector);
                il.Emit(OpCodes.Stloc, result);
                if (stores.Contains(instruction.Result))
                {
                    il.Emit(OpCodes.Ldloc, result);
                    Address(instruction.Result, offset, isLoop);
                    vectors.Store();
                }
            }
            for (int i = 0; i < sums.Count; i++)
            {
                Push(sums[i].Value, values, offset, isLoop);
                Mask(isTail);
                il.Emit(OpCodes.Ldloc, totals[i]);
                vectors.Call("Add", 2);
                il.Emit(OpCodes.Stloc, totals[i]);
            }
            for (int i = 0; i < verdicts.Count; i++)
            {
                Push(verdicts[i].Value, values, offset, isLoop);
                PushConstant(verdicts[i].Low);
                vectors.Call(verdicts[i].LowOpen ? "GreaterThan" : "GreaterThanOrEqual", 2);
                Push(verdicts[i].Value, values, offset, isLoop);
                PushConstant(verdicts[i].High);
                vectors.Call(verdicts[i].HighOpen ? "LessThan" : "LessThanOrEqual", 2);
                vectors.Call("BitwiseAnd", 2);
                vectors.Call("OnesComplement", 1);
                Mask(isTail);
                il.Emit(OpCodes.Ldloc, faults[i]);
                vectors.Call("BitwiseOr", 2);
                il.Emit(OpCodes.Stloc, faults[i]);
            }
        }

        void Mask(bool isTail)
        {
            if (isTail)
            {
                writer.PushAddress(tailMask);
                vectors.Load();
                vectors.Call("BitwiseAnd", 2);
            }
        }
    }

    private LocalBuilder[] Cleared(int number)
    {
        LocalBuilder[] locals = new LocalBuilder[number];
        for (int i = 0; i < number; i++)
        {
            locals[i] = il.DeclareLocal(vector);
            vectors.Constant("Zero");
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
            vectors.Load();
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
        vectors.Spread();
    }
}
