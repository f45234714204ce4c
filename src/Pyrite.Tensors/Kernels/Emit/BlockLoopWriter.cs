using System.Reflection.Emit;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Emit;

/// <summary>Writes one loop over the rows of constant matrices, block by block: products that make elements, the work on the elements, products that
/// take them as weights.</summary>
/// <remarks>A matrix is read from memory once: the second product finds the block in the cache.</remarks>
internal sealed class BlockLoopWriter
{
    private readonly ProgramWriter writer;
    private readonly LoopWork work;
    private readonly ILGenerator il;
    private readonly Type products;
    private readonly int width = VectorCode.Width;
    private readonly int whole;
    private readonly int all;
    private readonly LoopBody body;
    private readonly LocalBuilder start;
    private readonly LocalBuilder size;

    /// <param name="writer">Whose code it becomes part of.</param>
    /// <param name="work">What is computed.</param>
    public BlockLoopWriter(ProgramWriter writer, LoopWork work)
    {
        this.writer = writer;
        this.work = work;
        il = writer.Il;
        products =
            typeof(PanelProduct<>)
                .MakeGenericType(width switch { 64 => typeof(Simd512<double>), 32 => typeof(Simd256<double>), _ => typeof(Simd128<double>) });
        whole = checked(work.Count / Lanes * width);
        all = checked((work.Count + Lanes - 1) / Lanes * width);
        body = new LoopBody(writer, work);
        start = il.DeclareLocal(typeof(nint));
        size = il.DeclareLocal(typeof(nint));
    }

    private int Lanes => width / sizeof(double);

    /// <summary>Writes the loop.</summary>
    public void Write()
    {
        foreach (LoopProduct product in work.TransposedProducts)
        {
            writer.PushAddress(product.Room);
            il.Emit(OpCodes.Ldc_I4, product.Columns);
            Call(nameof(PanelProduct<>.Clear));
        }
        Label next = il.DefineLabel();
        il.Set(start, 0);
        il.MarkLabel(next);
        WriteBlock();
        il.Advance(start, MatrixPanels.Depth * width);
        il.Emit(OpCodes.Ldloc, start);
        il.PushNative(all);
        il.Emit(OpCodes.Blt, next);
        body.Finish();
        foreach (LoopProduct product in work.TransposedProducts)
        {
            writer.PushAddress(product.Room);
            writer.PushAddressOf(product.Result);
            il.Emit(OpCodes.Ldc_I4, product.Columns);
            Call(nameof(PanelProduct<>.Finish));
        }
    }

    private void WriteBlock()
    {
        il.Emit(OpCodes.Ldloc, start);
        il.Emit(OpCodes.Stloc, body.At);
        il.Set(body.Within, 0);
        il.PushNative(all);
        il.Emit(OpCodes.Ldloc, start);
        il.Emit(OpCodes.Sub);
        il.PushNative(MatrixPanels.Depth * width);
        il.Emit(OpCodes.Call, typeof(Math).GetMethod(nameof(Math.Min), [typeof(nint), typeof(nint)])!);
        il.Emit(OpCodes.Stloc, size);
        foreach (LoopProduct product in work.Products)
        {
            PushBlock(product);
            writer.PushAddressOf(product.Vector);
            if (work.Stores.Contains(product.Result))
            {
                writer.PushAddressOf(product.Result);
                il.Emit(OpCodes.Ldloc, start);
                il.Emit(OpCodes.Add);
            }
            else
            {
                writer.PushAddress(product.Room);
            }
            PushSizes(product);
            Call(nameof(PanelProduct<>.Rows));
        }
        WriteElements();
        foreach (LoopProduct product in work.TransposedProducts)
        {
            PushBlock(product);
            writer.PushAddress(work.Weights[product.Vector]);
            writer.PushAddress(product.Room);
            PushSizes(product);
            Call(nameof(PanelProduct<>.AddColumns));
        }
    }

    private void WriteElements()
    {
        if (whole > 0)
        {
            Label next = il.DefineLabel(), test = il.DefineLabel();
            il.Emit(OpCodes.Br, test);
            il.MarkLabel(next);
            body.Write(0, isLoop: true, isTail: false);
            il.Advance(body.At, width);
            il.Advance(body.Within, width);
            il.MarkLabel(test);
            il.Emit(OpCodes.Ldloc, body.Within);
            il.Emit(OpCodes.Ldloc, size);
            il.Emit(OpCodes.Clt);
            il.Emit(OpCodes.Ldloc, body.At);
            il.PushNative(whole);
            il.Emit(OpCodes.Clt);
            il.Emit(OpCodes.And);
            il.Emit(OpCodes.Brtrue, next);
        }
        if (whole < all)
        {
            Label after = il.DefineLabel();
            il.Emit(OpCodes.Ldloc, body.Within);
            il.Emit(OpCodes.Ldloc, size);
            il.Emit(OpCodes.Bge, after);
            body.Write(0, isLoop: true, isTail: true);
            il.MarkLabel(after);
        }
    }

    /// <summary>The block's part of a matrix: as many elements before it as rows before it, times the columns.</summary>
    private void PushBlock(LoopProduct product)
    {
        writer.PushAddress(product.Matrix);
        il.Emit(OpCodes.Ldloc, start);
        il.PushNative(product.Columns);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
    }

    private void PushSizes(LoopProduct product)
    {
        il.Emit(OpCodes.Ldc_I4, product.Columns);
        il.Emit(OpCodes.Ldloc, size);
        il.PushNative(width);
        il.Emit(OpCodes.Div);
        il.Emit(OpCodes.Conv_I4);
    }

    private void Call(string name) => il.Emit(OpCodes.Call, products.GetMethod(name)!);
}
