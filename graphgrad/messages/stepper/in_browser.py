"""Word the page that runs graphgrad in a browser; its builder writes these beside the page."""

MESSAGES: dict[str, tuple[str, str]] = {
    "browser.title": ("graphgrad in the browser", "graphgrad en el navegador"),
    "browser.about": (
        "Edit the text: the figure follows. All is computed on this computer; nothing is sent.",
        "Cambie el texto: la figura lo sigue. Todo se calcula en este ordenador; nada se envía.",
    ),
    "browser.no_script": (
        "This page runs Python with JavaScript, which is switched off.",
        "Esta página ejecuta Python con JavaScript, que está desactivado.",
    ),
    "browser.language": ("Language", "Idioma"),
    "browser.sample": ("Sample", "Ejemplo"),
    "browser.sample.none": ("choose …", "elija …"),
    "browser.text": ("Text of the graph (.gg)", "Texto del grafo (.gg)"),
    "browser.how": ("How to write it", "¿Cómo se escribe?"),
    "browser.how.lines": (
        'title "My graph"        # a name, if you like\n'
        "input x = 3             # a number that is given\n"
        "param w = 2             # a number that is learnt\n"
        "const k = 0.5           # neither: no derivative is asked\n"
        "z = w*x + k             # one line, one step: + - * / ^ ( )\n"
        "h = tanh(z)             # a function by its name\n"
        "input v = [1, 2]        # a list; v[1] is its first entry\n"
        "s = sum(v)              # a list becomes a number\n"
        "loss L = (h - 1)^2 + s  # what the derivatives are of\n"
        "# what stands behind a # is a remark",
        'título "Mi grafo"          # un nombre, si quiere\n'
        "entrada x = 3              # un número dado\n"
        "parámetro w = 2            # un número que se aprende\n"
        "constante k = 0.5          # ninguno de los dos: sin derivada\n"
        "z = w*x + k                # una línea, un paso: + - * / ^ ( )\n"
        "h = tanh(z)                # una función por su nombre\n"
        "entrada v = [1, 2]         # una lista; empieza en v[1]\n"
        "s = sumatorio(v)           # una lista se hace número\n"
        "pérdida L = (h - 1)^2 + s  # de lo que se deriva\n"
        "# lo que va detrás de # es un comentario",
    ),
    "browser.how.common": (
        "Functions: exp, ln, sqrt, abs, sin, cos, tan, tanh, sigmoid, relu, max, min, sum, mean, "
        "dot, softmax; layers: dense, mlp; losses: mse, bce, cross_entropy. English and Spanish "
        "words may be mixed. For numbers such as 0,5 write the line: decimal comma.",
        "Funciones: exp, ln, raíz, abs, sen, cos, tg, tanh, sigmoide, relu, máximo, mínimo, "
        "sumatorio, media, dot, softmax; capas: dense, mlp; pérdidas: mse, bce, cross_entropy. "
        "Se pueden mezclar palabras españolas e inglesas. Para números como 0,5 escriba la "
        "línea: decimal coma.",
    ),
    "browser.how.functions": ("All functions", "Todas las funciones"),
    "browser.figure": ("Figure", "Figura"),
    "browser.share": ("Share", "Compartir"),
    "browser.share.done": (
        "The link is copied, and stands in the address bar. The text is in the link itself: "
        "nothing was sent anywhere.",
        "El enlace está copiado y en la barra de direcciones. El texto va en el propio enlace: "
        "nada se ha enviado a ninguna parte.",
    ),
    "browser.share.by_hand": (
        "The link stands in the address bar; copy it from there. The text is in the link itself.",
        "El enlace está en la barra de direcciones; cópielo de ahí. "
        "El texto va en el propio enlace.",
    ),
    "browser.link_broken": (
        "This link holds no text that can be read; perhaps a part of it is missing. "
        "Ask for it again, or choose a sample.",
        "Este enlace no contiene un texto legible; quizá le falta una parte. "
        "Pídalo de nuevo o elija un ejemplo.",
    ),
    "browser.save": ("Save", "Guardar"),
    "browser.save.svg": ("this step as SVG", "este paso como SVG"),
    "browser.save.html": ("all steps as HTML", "todos los pasos como HTML"),
    "browser.save.gg": ("the text as .gg", "el texto como .gg"),
    "browser.answers": ("Answers to check", "Respuestas que se corrigen"),
    "browser.answers.about": (
        "A derivative or a value a line, as in dL/dw = 2*x*(y_hat - y) or z = 0; an empty line "
        "before each further derivation.",
        "Una derivada o un valor por línea, como en dL/dw = 2*x*(y_hat - y) o z = 0; una línea "
        "vacía antes de cada derivación nueva.",
    ),
    "browser.check": ("Check", "Corregir"),
    "browser.no_algebra": (
        "Answers are checked here without python-flint, which has no version for this page: "
        "with polynomials of SymPy and balls of mpmath, slower and with the same verdicts.",
        "Aquí se corrige sin python-flint, que no tiene versión para esta página: "
        "con polinomios de SymPy y bolas de mpmath, más despacio y con los mismos veredictos.",
    ),
    "browser.stage.python": ("Loading Python …", "Cargando Python …"),
    "browser.stage.packages": ("Unpacking graphgrad …", "Desempaquetando graphgrad …"),
    "browser.stage.numpy": ("Loading NumPy for arrays …", "Cargando NumPy para los arreglos …"),
    "browser.stage.working": ("Computing …", "Calculando …"),
    "browser.stage.ready": ("Ready.", "Listo."),
    "browser.stage.mistake": (
        "The text has a mistake: see below it.",
        "El texto tiene un error: véalo debajo de él.",
    ),
    "browser.stage.failed": (
        "Python could not be loaded: {why}. Reload the page; a browser of 2023 or later is needed.",
        "No se pudo cargar Python: {why}. Recargue la página; hace falta un navegador de 2023 "
        "o posterior.",
    ),
    "browser.offline": (
        "From now on the page works without a network.",
        "A partir de ahora la página funciona sin red.",
    ),
    "browser.stopped": (
        "This took more than {seconds} seconds and was stopped; Python is starting again. "
        "Make the graph smaller, or choose the style layers.",
        "Esto tardó más de {seconds} segundos y se detuvo; Python se inicia de nuevo. "
        "Haga el grafo más pequeño o elija el estilo layers.",
    ),
    "browser.again": ("Compute again", "Calcular de nuevo"),
    "browser.old_figure": (
        "The figure is that of the last text without mistakes.",
        "La figura es la del último texto sin errores.",
    ),
    "browser.left_out": (
        "Not on this page: PNG, PDF, PPTX, GIF and WebP (native code), training recipes, "
        "files of data beside the text.",
        "No está en esta página: PNG, PDF, PPTX, GIF y WebP (código nativo), recetas de "
        "entrenamiento, archivos de datos junto al texto.",
    ),
    "browser.no_numpy": (
        "arrays need NumPy, which this page does not have. Use single numbers, as in "
        "`input x = 3`; or open the page once with a network, where it loads NumPy; or install "
        "graphgrad: python -m pip install graphgrad.",
        "los arreglos necesitan NumPy, que esta página no tiene. Use números sueltos, como en "
        "`entrada x = 3`; o abra la página una vez con red, donde carga NumPy; o instale "
        "graphgrad: python -m pip install graphgrad.",
    ),
}
