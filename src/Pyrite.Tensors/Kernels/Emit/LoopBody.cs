using System.Numerics;
using System.Reflection.Emit;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Emit;

/// <summary>Writes what a loop does for one vector of elements: every array read and written once, sums and faults in registers.</summary>
internal sealed class LoopBody
{
    // Fewer vectors than this are divided as they stand.
    private const int VectorsWorthInverse = 4;

    private readonly ProgramWriter writer;
    private readonly ILGenerator il;
    private readonly LoopWork work;
    private readonly Type element;
    private readonly VectorCode vectors;
    private readonly Type vector;
    private readonly Dictionary<int, LocalBuilder> spread = [];
    private readonly Dictionary<int, LocalBuilder> inverses = [];
    private readonly Dictionary<int, Place> rooms = [];
    private readonly LocalBuilder[] totals;
    private readonly LocalBuilder[] faults;

    /// <summary>Writes what stands before the loop.</summary>
    /// <param name="writer">Whose code it becomes part of.</param>
    /// <param name="work">What is computed.</param>
    public LoopBody(ProgramWriter writer, LoopWork work)
    {
        this.writer = writer;
        this.work = work;
        il = writer.Il;
        element = work.Type == DType.Float32 ? typeof(float) : typeof(double);
        vectors = new VectorCode(il, element);
        vector = vectors.Vector;
        At = il.DeclareLocal(typeof(nint));
        Within = il.DeclareLocal(typeof(nint));
        foreach (int single in work.Singles)
        {
            LocalBuilder local = spread[single] = il.DeclareLocal(vector);
            writer.PushNumber(single);
            vectors.Spread();
            il.Emit(OpCodes.Stloc, local);
        }
        foreach (int source in work.Arrays.Concat(work.Instructions.Select(instruction => instruction.Result).Where(work.Stores.Contains)))
        {
            writer.Prepare(source);
        }
        if (!work.KeepsBits && work.Count >= VectorsWorthInverse * VectorCode.Width / sizeof(double))
        {
            foreach (LoopInstruction division in work.Instructions.Where(
                instruction => instruction.Form.Instruction == VectorInstruction.Divide))
            {
                Invert(division.Operands[1]);
            }
        }
        foreach (LoopProduct product in work.Products.Where(product => !work.Stores.Contains(product.Result)))
        {
            rooms[product.Result] = product.Room;
        }
        totals = Cleared(work.Sums.Count);
        faults = Cleared(work.Verdicts.Count);
    }

    /// <summary>Bytes from the beginning of the arrays to the vector.</summary>
    public LocalBuilder At { get; }

    /// <summary>Bytes from the beginning of a block to the vector, where the loop goes by blocks.</summary>
    public LocalBuilder Within { get; }

    /// <summary>Writes one vector's work.</summary>
    /// <param name="offset">Bytes to the vector, beside <see cref="At"/>.</param>
    /// <param name="isLoop">Whether <see cref="At"/> counts.</param>
    /// <param name="isTail">Whether the vector is the last partial one.</param>
    public void Write(int offset, bool isLoop, bool isTail)
    {
        Dictionary<int, LocalBuilder> values = [];
        foreach (LoopInstruction instruction in work.Instructions)
        {
            LocalBuilder? inverse =
                instruction.Form.Instruction == VectorInstruction.Divide
                    ? inverses.GetValueOrDefault(instruction.Operands[1])
                    : null;
            foreach (int operand in inverse is null ? instruction.Operands : instruction.Operands[..1])
            {
                Push(operand, values, offset, isLoop, isTail);
            }
            if (inverse is not null)
            {
                il.Emit(OpCodes.Ldloc, inverse);
                vectors.Apply(VectorInstruction.Multiply);
            }
            else
            {
                vectors.Apply(instruction.Form);
            }
            LocalBuilder result = values[instruction.Result] = il.DeclareLocal(vector);
            il.Emit(OpCodes.Stloc, result);
            if (work.Stores.Contains(instruction.Result))
            {
                il.Emit(OpCodes.Ldloc, result);
                Address(instruction.Result, offset, isLoop, isTail);
                if (work.Truths.Contains(instruction.Result))
                {
                    vectors.StoreTruths();
                }
                else
                {
                    vectors.Store();
                }
            }
        }
        for (int i = 0; i < totals.Length; i++)
        {
            Push(work.Sums[i].Value, values, offset, isLoop, isTail);
            Mask(isTail);
            il.Emit(OpCodes.Ldloc, totals[i]);
            vectors.Call("Add", 2);
            il.Emit(OpCodes.Stloc, totals[i]);
        }
        for (int i = 0; i < faults.Length; i++)
        {
            Push(work.Verdicts[i].Value, values, offset, isLoop, isTail);
            PushConstant(work.Verdicts[i].Range.Low);
            vectors.Call(work.Verdicts[i].Range.LowOpen ? "GreaterThan" : "GreaterThanOrEqual", 2);
            Push(work.Verdicts[i].Value, values, offset, isLoop, isTail);
            PushConstant(work.Verdicts[i].Range.High);
            vectors.Call(work.Verdicts[i].Range.HighOpen ? "LessThan" : "LessThanOrEqual", 2);
            vectors.Call("BitwiseAnd", 2);
            vectors.Call("OnesComplement", 1);
            Mask(isTail);
            il.Emit(OpCodes.Ldloc, faults[i]);
            vectors.Call("BitwiseOr", 2);
            il.Emit(OpCodes.Stloc, faults[i]);
        }
        foreach ((int weight, Place room) in work.Weights)
        {
            // Lanes past the end would meet rows of zeros, but zero times NaN is not zero.
            Push(weight, values, offset, isLoop, isTail);
            Mask(isTail);
            PushBlockAddress(room);
            vectors.Store();
        }
    }

    /// <summary>Writes what stands behind the loop.</summary>
    public void Finish()
    {
        for (int i = 0; i < totals.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, totals[i]);
            vectors.Call("Sum", 1);
            writer.PopNumber(work.Sums[i].Result, work.Sums[i].IsStored);
        }
        for (int i = 0; i < faults.Length; i++)
        {
            writer.PushAddressOf(work.Verdicts[i].Result);
            il.Emit(OpCodes.Ldloc, faults[i]);
            vectors.Call("ExtractMostSignificantBits", 1);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Stind_I1);
        }
    }

    /// <summary>Divides 1 by a divisor that is the same for all elements, before the loop: elements are then multiplied.</summary>
    private void Invert(int divisor)
    {
        if (spread.TryGetValue(divisor, out LocalBuilder? value) && !inverses.ContainsKey(divisor))
        {
            LocalBuilder inverse = inverses[divisor] = il.DeclareLocal(vector);
            il.Emit(OpCodes.Ldloc, value);
            vectors.Apply(VectorInstruction.Reciprocal);
            il.Emit(OpCodes.Stloc, inverse);
        }
    }

    private void Mask(bool isTail)
    {
        if (isTail)
        {
            writer.PushAddress(work.TailMask!);
            vectors.Load();
            vectors.Call("BitwiseAnd", 2);
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

    private void Push(int source, Dictionary<int, LocalBuilder> values, int offset, bool isLoop, bool isTail)
    {
        if (spread.TryGetValue(source, out LocalBuilder? single))
        {
            il.Emit(OpCodes.Ldloc, single);
            return;
        }
        if (!values.TryGetValue(source, out LocalBuilder? local))
        {
            values[source] = local = il.DeclareLocal(vector);
            Address(source, offset, isLoop, isTail);
            if (work.Truths.Contains(source))
            {
                vectors.LoadTruths();
            }
            else
            {
                vectors.Load();
            }
            il.Emit(OpCodes.Stloc, local);
        }
        il.Emit(OpCodes.Ldloc, local);
    }

    private void Address(int source, int offset, bool isLoop, bool isTail)
    {
        if (rooms.TryGetValue(source, out Place? room))
        {
            PushBlockAddress(room);
            return;
        }
        if (isTail && writer.PlaceOf(source) is { Base: PlaceBase.Given } given)
        {
            writer.PushAddress(given, isTail: true);
            return;
        }
        writer.PushAddressOf(source);
        int bytes = work.Truths.Contains(source) ? work.Type.ByteSize : 1;
        if (offset > 0)
        {
            il.Emit(OpCodes.Ldc_I4, offset / bytes);
            il.Emit(OpCodes.Add);
        }
        if (isLoop)
        {
            il.Emit(OpCodes.Ldloc, At);
            if (bytes > 1)
            {
                il.Emit(OpCodes.Ldc_I4, BitOperations.Log2((uint)bytes));
                il.Emit(OpCodes.Shr);
            }
            il.Emit(OpCodes.Add);
        }
    }

    private void PushBlockAddress(Place room)
    {
        writer.PushAddress(room);
        il.Emit(OpCodes.Ldloc, Within);
        il.Emit(OpCodes.Add);
    }

    private void PushConstant(double value)
    {
        if (element == typeof(float))
        {
            il.Emit(OpCodes.Ldc_R4, (float)value);
        }
        else
        {
            il.Emit(OpCodes.Ldc_R8, value);
        }
        vectors.Spread();
    }
}
